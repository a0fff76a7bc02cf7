package dev.windrow.client;

import dev.windrow.model.DataType;
import dev.windrow.model.OutputMode;

/** Collects one output; what is not set stays at its default, a folder at the default place. */
public final class OutputBuilder {
    private final Fields fields = new Fields();

    OutputBuilder() {}

    /** Sets what is written; a folder unless set. */
    public OutputBuilder type(DataType type) {
        fields.put("type", type.yaml());
        return this;
    }

    /** Sets where it is written, from the base path. */
    public OutputBuilder path(String path) {
        fields.put("path", path);
        return this;
    }

    /** Sets how what the script writes reaches the path. */
    public OutputBuilder mode(OutputMode mode) {
        fields.put("mode", mode.yaml());
        return this;
    }

    /** Sets whether what stands at the path is replaced; it is unless set. */
    public OutputBuilder overwrite(boolean replaced) {
        fields.put("overwrite", replaced);
        return this;
    }

    Fields fields() {
        return fields;
    }
}

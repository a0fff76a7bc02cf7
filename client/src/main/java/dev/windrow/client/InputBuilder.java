package dev.windrow.client;

import dev.windrow.model.DataType;
import dev.windrow.model.InputMode;

/** Collects one input of data; checked when the job is built. */
public final class InputBuilder {
    private final Fields fields = new Fields();

    InputBuilder() {}

    /** Sets what stands at the path; a folder unless set. */
    public InputBuilder type(DataType type) {
        fields.put("type", type.yaml());
        return this;
    }

    /** Sets where the data is: a path from the base path, an asset or a URL. */
    public InputBuilder path(String path) {
        fields.put("path", path);
        return this;
    }

    /** Sets how the data reaches the script. */
    public InputBuilder mode(InputMode mode) {
        fields.put("mode", mode.yaml());
        return this;
    }

    /** Says that the input may have no value; then every argument that names it disappears. */
    public InputBuilder optional() {
        fields.put("optional", true);
        return this;
    }

    Fields fields() {
        return fields;
    }
}

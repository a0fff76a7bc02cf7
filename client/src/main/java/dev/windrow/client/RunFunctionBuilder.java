package dev.windrow.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects how the script of a job is called; checked when the job is built. */
public final class RunFunctionBuilder {
    private final Fields fields = new Fields();

    RunFunctionBuilder() {
        fields.put("type", "run_function");
    }

    /** Sets the folder with the script, from the base path; the base path itself unless set. */
    public RunFunctionBuilder code(String folder) {
        fields.put("code", folder);
        return this;
    }

    /** Sets the script: a path relative to the code, or a dotted module. */
    public RunFunctionBuilder entryScript(String script) {
        fields.put("entry_script", script);
        return this;
    }

    /** Sets the arguments for the script and for the system, before substitution. */
    public RunFunctionBuilder programArguments(String arguments) {
        fields.put("program_arguments", arguments);
        return this;
    }

    /** Sets the output, by name, that what {@code run()} returns is appended to. */
    public RunFunctionBuilder appendRowTo(String output) {
        fields.put("append_row_to", ParallelJobBuilder.reference("outputs", output));
        return this;
    }

    /** Sets a registered environment, such as {@code azureml:score-env@latest}, or its file. */
    public RunFunctionBuilder environment(String reference) {
        fields.put("environment", reference);
        return this;
    }

    /** Sets an environment by its container image alone. */
    public RunFunctionBuilder environmentImage(String image) {
        fields.put("environment", Map.of("image", image));
        return this;
    }

    /** Sets an environment by its container image and the path of a conda file. */
    public RunFunctionBuilder environmentImage(String image, String condaFile) {
        Map<String, Object> inline = new LinkedHashMap<>();
        inline.put("image", image);
        inline.put("conda_file", condaFile);
        fields.put("environment", inline);
        return this;
    }

    /** Sets an environment whose image is built from a folder. */
    public RunFunctionBuilder environmentBuild(String contextFolder) {
        fields.put("environment", Map.of("build", Map.of("path", contextFolder)));
        return this;
    }

    Fields fields() {
        return fields;
    }
}

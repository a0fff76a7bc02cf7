package dev.windrow.spec;

import dev.windrow.model.DataType;
import dev.windrow.model.Input;
import dev.windrow.model.InputMode;
import dev.windrow.model.ParallelJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that every name in an expression is one of the job's, and fit for its use. */
final class ReferenceCheck {
    private final ParallelJob job;
    private final ReadContext context;
    private final Set<String> inputNames;

    ReferenceCheck(ParallelJob job, ReadContext context, Set<String> inputNames) {
        this.job = job;
        this.context = context;
        this.inputNames = inputNames;
    }

    void check() {
        checkSplitInput();
        checkOutput("task.append_row_to", job.task().appendRowTo());
        checkOutput("append_row_to", job.task().appendRowTo());
        checkOutput("output_data", job.outputData());
        checkBindings();
        checkArguments();
    }

    private void checkSplitInput() {
        String name = job.split().input();
        boolean given =
                context.places().containsKey("input_data") && !context.problems().any("input_data");
        if (!given || !isKnown("input_data", name)) {
            return;
        }
        @Nullable Input input = job.inputs().get(name);
        switch (input) {
            case null -> {}
            case Input.Data data -> checkSplitData(name, data);
            case Input.Literal literal ->
                    add("input_data", name + " = " + literal.text(), "an input with a path");
            case Input.Absent _ -> add("input_data", name, "an input that has a path");
        }
    }

    private void checkSplitData(String name, Input.Data data) {
        DataType type = data.effectiveType();
        String path = "inputs." + name + ".type";
        switch (type) {
            case URI_FOLDER -> {
                if (data.mode().equals(Optional.of(InputMode.DIRECT))) {
                    add(
                            "inputs." + name + ".mode",
                            "direct",
                            "ro_mount or download for a folder that is split");
                }
            }
            case MLTABLE -> {}
            case URI_FILE -> addAt(path, MistakeCode.INVALID_VALUE, type.yaml(), tableOf(data));
            case CUSTOM_MODEL, MLFLOW_MODEL, TRITON_MODEL ->
                    addAt(
                            path,
                            MistakeCode.INVALID_VALUE,
                            type.yaml(),
                            "uri_folder or mltable for the input that is split");
        }
    }

    private void checkOutput(String path, Optional<String> output) {
        output.filter(name -> context.places().containsKey(path))
                .filter(name -> !context.places().containsKey("outputs." + name))
                .ifPresent(name ->
                        addAt(
                                path,
                                MistakeCode.UNKNOWN_REFERENCE,
                                Expression.written("outputs", name),
                                known("output", name, job.outputs().keySet())));
    }

    private void checkBindings() {
        for (SettingBinding binding : SettingBinding.of(job)) {
            String name = binding.bound().input();
            if (!isKnown(binding.path(), name)) {
                continue;
            }
            @Nullable Input input = job.inputs().get(name);
            if (input != null) {
                binding.problem(input)
                        .ifPresent(rule ->
                                addAt(
                                        binding.path(),
                                        MistakeCode.INVALID_VALUE,
                                        SettingBinding.shown(name, input),
                                        rule));
            }
        }
    }

    private void checkArguments() {
        Optional<String> text = job.task().programArguments();
        if (text.isEmpty()) {
            return;
        }
        try {
            checkParts(ArgumentTemplate.parse(text.get()).parts(), false);
        } catch (IllegalArgumentException unbalanced) {
            addAt(
                    "task.program_arguments",
                    MistakeCode.INVALID_VALUE,
                    "$[[",
                    "one ]] after each $[[, no group in a group");
        }
    }

    private void checkParts(List<ArgumentTemplate.Part> parts, boolean inGroup) {
        for (ArgumentTemplate.Part part : parts) {
            switch (part) {
                case ArgumentTemplate.Text _ -> {}
                case ArgumentTemplate.Group(List<ArgumentTemplate.Part> grouped) ->
                        checkParts(grouped, true);
                case ArgumentTemplate.Reference(Expression expression, String written) ->
                        checkArgument(expression, written, inGroup);
            }
        }
    }

    private void checkArgument(Expression expression, String written, boolean inGroup) {
        String path = "task.program_arguments";
        String name = expression.name();
        switch (expression.kind()) {
            case INPUT -> {
                if (isKnown(path, name) && !inGroup && isOptional(name)) {
                    add(path, written, "$[[ … ]] around it, since the input is optional");
                }
            }
            case OUTPUT -> checkOutput(path, Optional.of(name));
            case PARENT ->
                    addAt(
                            path,
                            MistakeCode.NOT_BUILT,
                            written,
                            "inputs.NAME or outputs.NAME; pipelines are not built yet");
            case OTHER ->
                    addAt(
                            path,
                            MistakeCode.UNKNOWN_REFERENCE,
                            written,
                            "inputs.NAME or outputs.NAME of this job");
        }
    }

    private boolean isOptional(String name) {
        if (job.inputs().get(name) instanceof Input.Absent) {
            return true;
        }
        return job.kept().get("inputs") instanceof Map<?, ?> inputs
                && inputs.get(name) instanceof Map<?, ?> input
                && Boolean.TRUE.equals(input.get("optional"));
    }

    private boolean isKnown(String path, String input) {
        boolean known = inputNames.contains(input);
        if (!known) {
            addAt(
                    path,
                    MistakeCode.UNKNOWN_REFERENCE,
                    Expression.written("inputs", input),
                    known("input", input, inputNames));
        }
        return known;
    }

    private static String known(String what, String name, Set<String> names) {
        String list = names.isEmpty() ? "there is none" : NearMiss.list(names);
        return "the name of an " + what + " (" + list + ")" + NearMiss.hint(name, names);
    }

    private void add(String path, String value, String rule) {
        addAt(path, MistakeCode.INVALID_VALUE, value, rule);
    }

    private void addAt(String path, MistakeCode code, String value, String rule) {
        Place place = context.places().getOrDefault(path, Place.NONE);
        if (place.equals(Place.NONE) && path.startsWith("inputs.")) {
            String parent = path.substring(0, path.lastIndexOf('.'));
            place = context.places().getOrDefault(parent, Place.NONE);
        }
        context.problems().add(code, place, path, value, rule);
    }

    /** The MLTable that makes one file an input that can be split. */
    private static String tableOf(Input.Data data) {
        int slash = data.path().lastIndexOf('/');
        String folder = slash < 0 ? "." : data.path().substring(0, slash + 1);
        String name = data.path().substring(slash + 1);
        String file = name.isEmpty() ? "NAME" : name;
        return "uri_folder or mltable for input_data; for one file give type: mltable, path: %s"
                        .formatted(folder)
                + " and put there a file MLTable with the lines \"type: mltable\", \"paths:\","
                + " \"- file: ./%s\"".formatted(file);
    }
}

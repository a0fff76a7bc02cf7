package dev.windrow.spec;

import dev.windrow.model.Bindable;
import dev.windrow.model.DataType;
import dev.windrow.model.Environment;
import dev.windrow.model.FailureLimits;
import dev.windrow.model.Identity;
import dev.windrow.model.Input;
import dev.windrow.model.InputMode;
import dev.windrow.model.JobLabels;
import dev.windrow.model.JobName;
import dev.windrow.model.JobResources;
import dev.windrow.model.LiteralKind;
import dev.windrow.model.LoggingLevel;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.model.Output;
import dev.windrow.model.OutputMode;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.Placement;
import dev.windrow.model.RetrySettings;
import dev.windrow.model.RunFunction;
import dev.windrow.model.RunSettings;
import dev.windrow.model.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes legal jobs out of a seed. */
final class RandomJobs {
    private static final List<String> ODD_TEXTS =
            List.of(
                    "true",
                    "null",
                    "~",
                    "12",
                    "0x1F",
                    "1e3",
                    ".inf",
                    "2024-01-01",
                    "- a",
                    "a: b",
                    "#c",
                    "it's",
                    "\"q\"",
                    " lead",
                    "trail ",
                    "two\nlines\n",
                    "\n",
                    "tab\there",
                    "é ü 漢字",
                    "😀",
                    "[x]",
                    "{y}",
                    "*a",
                    "&b",
                    "!t",
                    "%d",
                    "@e",
                    "`f`",
                    "|",
                    ">",
                    "a #b",
                    "--- x",
                    "...",
                    "yes",
                    "\\",
                    "\u0085\u2028",
                    "\ufeffx",
                    "=",
                    "<<",
                    "?");

    private final Random random;

    RandomJobs(long seed) {
        this.random = new Random(seed);
    }

    ParallelJob next() {
        Map<String, Input> inputs = new LinkedHashMap<>();
        inputs.put("split-me", data(random.nextBoolean() ? DataType.URI_FOLDER : DataType.MLTABLE));
        inputs.put("size", Input.Literal.of(1 + random.nextInt(50)));
        for (int i = random.nextInt(4); i > 0; i--) {
            inputs.put("in_" + i, input());
        }
        Map<String, Output> outputs = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            outputs.put("out_" + i, output());
        }
        ParallelJob.Builder job =
                ParallelJob.builder(split(), task())
                        .labels(labels())
                        .inputs(inputs)
                        .outputs(outputs)
                        .settings(settings())
                        .placement(placement())
                        .kept(kept(inputs));
        maybe(() -> "out_0").ifPresent(job::outputData);
        maybe(random::nextBoolean).ifPresent(job::isDeterministic);
        return job.build();
    }

    private Split split() {
        List<String> keys = random.nextInt(4) == 0 ? List.of(text(), word()) : List.of();
        return new Split("split-me", maybe(this::size), keys);
    }

    private Bindable<MiniBatchSize> size() {
        String unit = pick(List.of("", "kb", "MB", "Gb"));
        return random.nextInt(3) == 0
                ? Bindable.to("size")
                : Bindable.of(new MiniBatchSize((1 + random.nextInt(999)) + unit));
    }

    private Bindable<Integer> whole(int least) {
        return random.nextInt(4) == 0
                ? Bindable.to("size")
                : Bindable.of(least + random.nextInt(1000));
    }

    private RunFunction task() {
        return new RunFunction(
                maybe(this::word),
                word(),
                maybe(() -> text() + " ${{inputs.size}} $[[ ${{ outputs.out_0 }} ]]"),
                maybe(this::environment),
                maybe(() -> "out_0"));
    }

    private Environment environment() {
        return random.nextBoolean()
                ? new Environment.Named("azureml:" + word() + "@latest")
                : new Environment.Inline(maybe(this::word), maybe(this::word), maybe(this::word));
    }

    private JobLabels labels() {
        return new JobLabels(
                maybe(() -> new JobName("job_" + random.nextInt(1000) + ".x-y")),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                texts(),
                texts());
    }

    private RunSettings settings() {
        return new RunSettings(
                new FailureLimits(maybe(() -> whole(-1)), maybe(() -> whole(-1))),
                new RetrySettings(maybe(() -> whole(0)), maybe(() -> whole(1))),
                maybe(() -> whole(1)),
                maybe(() -> pick(List.of(LoggingLevel.values()))),
                texts());
    }

    private Placement placement() {
        JobResources resources =
                new JobResources(
                        maybe(() -> whole(1)),
                        maybe(() -> 1 + random.nextInt(9)),
                        words(),
                        maybe(() -> (1 + random.nextInt(9)) + "g"),
                        words(),
                        words());
        return new Placement(
                maybe(this::word),
                resources,
                maybe(() -> new Identity(pick(List.of(Identity.Kind.values())))));
    }

    private Input input() {
        return switch (random.nextInt(7)) {
            case 0 -> data(pick(List.of(DataType.values())));
            case 1 -> Input.Literal.of(random.nextLong());
            case 2 -> Input.Literal.of(random.nextBoolean());
            case 3 -> new Input.Literal(LiteralKind.NUMBER, pick(List.of("3", "1.50", "1e-3")));
            case 4 -> new Input.Absent(maybe(() -> "integer"));
            case 5 -> Input.Literal.of("azureml:" + text());
            default -> Input.Literal.of(text());
        };
    }

    private Input.Data data(DataType type) {
        return new Input.Data(Optional.of(type), word(), maybe(() -> InputMode.DOWNLOAD));
    }

    private Output output() {
        return new Output(
                maybe(() -> pick(List.of(DataType.values()))),
                maybe(() -> pick(List.of(OutputMode.values()))),
                maybe(() -> word() + "/${{name}}"),
                maybe(random::nextBoolean));
    }

    private Map<String, @Nullable Object> kept(Map<String, Input> inputs) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        if (random.nextInt(3) == 0) {
            kept.put("$schema", text());
            kept.put("x-" + text(), tree(3));
            kept.put("task", Map.of("args", text(), "model", text()));
        }
        if (random.nextInt(3) == 0) {
            String name = pick(List.copyOf(inputs.keySet()));
            kept.put("inputs", Map.of(name, Map.of("description", text())));
        }
        return kept;
    }

    private @Nullable Object tree(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> null;
            case 1 -> random.nextLong();
            case 2 -> random.nextDouble() * Math.pow(10, random.nextInt(40) - 20);
            case 3 -> random.nextBoolean();
            case 4, 5 -> text();
            case 6 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    list.add(tree(depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    map.put(i + text(), tree(depth - 1));
                }
                yield map;
            }
        };
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            texts.put("key " + i + text().replace("<", ""), text());
        }
        return texts;
    }

    private List<String> words() {
        return random.nextInt(3) == 0 ? List.of(word(), word()) : List.of();
    }

    private String word() {
        return "w" + random.nextInt(100) + text().replace("$", "").strip();
    }

    private String text() {
        return random.nextInt(3) == 0 ? pick(ODD_TEXTS) : "text " + random.nextInt(1000);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> Optional<T> maybe(Supplier<T> some) {
        return random.nextBoolean() ? Optional.of(some.get()) : Optional.empty();
    }
}

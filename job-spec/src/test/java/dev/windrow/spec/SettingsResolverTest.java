package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.LoggingLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsResolverTest {
    private static final String JOB =
            """
            type: parallel
            inputs:
              docs: {type: uri_folder, path: ./docs}
              size: 25
              workers: 3
            input_data: ${{inputs.docs}}
            task: {type: run_function, entry_script: score.py}
            """;
    private static final MachineFacts MACHINE = new MachineFacts(8, 0, OptionalInt.empty(), false);

    @Test
    void givesDefaultsAndSaysSo() {
        ResolvedSettings resolved = resolve(JOB);

        assertThat(resolved.notices()).isEmpty();
        assertThat(printed(resolved))
                .containsExactly(
                        "mini_batch_size = 10 files, or 1 MB of a table (default)",
                        "max_concurrency_per_instance = 8 (default)",
                        "instance_count = 1 (default)",
                        "error_threshold = -1 (default)",
                        "mini_batch_error_threshold = -1 (default)",
                        "allowed_failed_percent = 100 (default)",
                        "max_retries = 2 (default)",
                        "timeout = 60 s (default)",
                        "task_overhead_timeout = 30 s (default)",
                        "progress_update_timeout = 1800 s (default)",
                        "first_task_creation_timeout = 600 s (default)",
                        "append_row_dataframe_header = false (default)",
                        "append_row_file_name = parallel_run_step.txt (default)",
                        "append_row_safe_output = false (default)",
                        "logging_level = INFO (default)",
                        "resource_monitor_interval = 600 s (default)",
                        "profiling_module = none (default)");
        EffectiveSettings settings = resolved.settings();
        assertThat(settings.batchSize().files()).isEqualTo(10);
        assertThat(settings.batchSize().bytes()).isEqualTo(1 << 20);
        assertThat(settings.attempts()).isEqualTo(3);
        assertThat(settings.attemptLimit()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void givesOneWorkerWhereThereAreGpus() {
        MachineFacts gpus = new MachineFacts(8, 2, OptionalInt.empty(), false);

        EffectiveSettings settings =
                SettingsResolver.resolve(load(JOB), List.of(), gpus).settings();

        assertThat(settings.staffing().maxConcurrencyPerInstance()).isEqualTo(1);
    }

    @Test
    void takesFieldsFollowsBindingsAndNamesTheCommandLine() {
        String yaml =
                JOB
                        + """
                        mini_batch_size: ${{inputs.size}}
                        max_concurrency_per_instance: ${{ inputs.workers }}
                        retry_settings: {max_retries: 0, timeout: 600}
                        logging_level: debug
                        """;
        ReadOptions options =
                new ReadOptions(List.of("error_threshold=5"), Map.of(), Map.of(), false, false);
        LoadedJob loaded = JobReader.read(yaml, "job.yml", Path.of("/jobs"), options);

        ResolvedSettings resolved = SettingsResolver.resolve(loaded, List.of(), MACHINE);

        assertThat(printed(resolved))
                .contains(
                        "mini_batch_size = 25 (job.yml)",
                        "max_concurrency_per_instance = 3 (job.yml)",
                        "max_retries = 0 (job.yml)",
                        "timeout = 600 s (job.yml)",
                        "error_threshold = 5 (command line)",
                        "logging_level = DEBUG (job.yml)",
                        "progress_update_timeout = 1920 s (default)");
        assertThat(resolved.settings().telemetry().loggingLevel()).isEqualTo(LoggingLevel.DEBUG);
    }

    @Test
    void letsOptionsWinAndWarnsWhenTheyDiffer() {
        String yaml = JOB + "error_threshold: 3\nretry_settings: {max_retries: 4, timeout: 7}\n";

        ResolvedSettings resolved =
                resolve(yaml, "--error_threshold", "9", "--run_max_try=5", "--mini_batch_size=1mb");

        assertThat(resolved.settings().tolerance().errorThreshold()).isEqualTo(9);
        assertThat(resolved.settings().maxRetries()).isEqualTo(4);
        assertThat(resolved.settings().batchSize().files()).isEqualTo(1 << 20);
        assertThat(resolved.notices())
                .extracting(Notice::toString)
                .containsExactly(
                        "8:18 error_threshold: 3 gives way to 9 in task.program_arguments");
    }

    @Test
    void readsEveryOptionInBothForms() {
        ResolvedSettings resolved =
                resolve(
                        JOB,
                        "--allowed_failed_percent=5",
                        "--task_overhead_timeout",
                        "'31'",
                        "--progress_update_timeout=32",
                        "--first_task_creation_timeout=33",
                        "--resource_monitor_interval=0",
                        "--append_row_dataframe_header",
                        "TRUE",
                        "--append_row_file_name=rows.csv",
                        "--append_row_safe_output=True",
                        "--allowed_failed_count=4",
                        "--run_invocation_timeout=30",
                        "--process_count_per_node=2",
                        "--logging_level=warning",
                        "--profiling_module=cprofile",
                        "--user_option",
                        "x");

        EffectiveSettings settings = resolved.settings();
        assertThat(settings.tolerance()).isEqualTo(new EffectiveSettings.Tolerance(-1, 4, 5));
        assertThat(settings.timeLimits())
                .isEqualTo(
                        new EffectiveSettings.TimeLimits(
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(31),
                                Duration.ofSeconds(32),
                                Duration.ofSeconds(33)));
        assertThat(settings.rowOutput())
                .isEqualTo(new EffectiveSettings.RowOutput(true, "rows.csv", true));
        assertThat(settings.telemetry())
                .isEqualTo(
                        new EffectiveSettings.Telemetry(
                                LoggingLevel.WARNING, Duration.ZERO, Optional.of("cProfile")));
        assertThat(settings.staffing()).isEqualTo(new EffectiveSettings.Staffing(2, 1));
        assertThat(resolved.notices()).isEmpty();
    }

    @Test
    void takesShortenedNamesOnlyWhenNothingElseIsMeant() {
        ResolvedSettings resolved =
                resolve(
                        JOB,
                        "--resource_monitor_interva",
                        "120",
                        "--task",
                        "classify",
                        "--error",
                        "5",
                        "--progress_update",
                        "never",
                        "--append_row_safe_out",
                        "True");

        assertThat(resolved.settings().telemetry().resourceMonitorInterval())
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(resolved.settings().tolerance().errorThreshold()).isEqualTo(-1);
        assertThat(resolved.settings().rowOutput().safeOutput()).isFalse();
        assertThat(resolved.notices())
                .extracting(Notice::text)
                .containsExactly(
                        "--resource_monitor_interva: taken for --resource_monitor_interval",
                        "--progress_update: left to the script, though it begins as"
                                + " --progress_update_timeout does");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --error_threshold -2              | a whole number, -1 or more
                    --error_threshold many            | a whole number, -1 or more
                    --allowed_failed_percent 101      | a whole number, 0 to 100
                    --task_overhead_timeout 0         | a whole number, 1 to 259200
                    --append_row_file_name ../x       | a file name without a folder
                    --append_row_dataframe_header yes | True or False
                    --profiling_module yappi          | one of cProfile, profile
                    --mini_batch_size 1.5mb           | digits, optionally followed by kb, mb or gb, 1 or more
                    --process_count_per_node          | a whole number, 1 or more
                    --resume_from other               | no --resume_from, which is not built; resume the job by its name
                    --amlbi_pf_enabled True           | no option of Azure's previews, which are not built; leave it out
                    """)
    void refusesIllegalOptionsWithTheirRule(String arguments, String rule) {
        List<String> argv = Arguments.split(arguments);

        assertThatThrownBy(() -> SettingsResolver.resolve(load(JOB), argv, MACHINE))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage(
                        "job: task.program_arguments: " + arguments + " (expected: " + rule + ")");
    }

    @Test
    void saysWhatOneMachineDoesNotUse() {
        String yaml =
                JOB.replace(
                                "entry_script: score.py",
                                "entry_script: score.py, environment: e@latest")
                        + """
                        compute: azureml:pool
                        identity: {type: managed}
                        resources:
                          instance_count: 5
                          instance_type: gpu
                          docker_args: --ipc=host
                          locations: [eastus]
                          shm_size: 2g
                          properties: {a: 1}
                        """;

        assertThat(resolve(yaml, "--push_metrics_to_parent", "True").notices())
                .extracting(Notice::text)
                .containsExactlyInAnyOrder(
                        "--push_metrics_to_parent: has no effect, there is no parent job on one"
                                + " machine",
                        "resources.instance_count: 5 (one machine runs one instance unless"
                                + " --instances says otherwise)",
                        "compute: accepted by Azure, not used on one machine",
                        "identity: accepted by Azure, not used on one machine",
                        "resources.instance_type: accepted by Azure, not used on one machine",
                        "resources.shm_size: accepted by Azure, not used on one machine",
                        "resources.docker_args: accepted by Azure, not used on one machine",
                        "resources.locations: accepted by Azure, not used on one machine",
                        "resources.properties: accepted by Azure, not used on one machine",
                        "task.environment: accepted by Azure, not used on one machine");
    }

    @Test
    void asksAClusterForAsManyInstancesAsTheJobWants() {
        MachineFacts cluster = new MachineFacts(2, 0, OptionalInt.empty(), true);
        String asking =
                JOB
                        + "identity: {type: managed}\n"
                        + "resources: {instance_count: %s, instance_type: gpu, locations: [x], docker_args: -v}\n";

        ResolvedSettings five =
                SettingsResolver.resolve(load(asking.formatted(5)), List.of(), cluster);
        assertThat(five.settings().staffing().instanceCount()).isEqualTo(5);
        assertThat(five.notices())
                .extracting(Notice::text)
                .containsExactly("resources.locations: accepted by Azure, not used on a cluster");

        ResolvedSettings all =
                SettingsResolver.resolve(load(asking.formatted(-1)), List.of(), cluster);
        assertThat(all.settings().staffing().instanceCount()).isEqualTo(1);
        assertThat(all.notices())
                .extracting(Notice::text)
                .contains(
                        "resources.instance_count: -1 (taken for 1; as many as"
                                + " resources.max_instance_count says, if it is given)");

        ResolvedSettings most =
                SettingsResolver.resolve(
                        load(asking.formatted("-1, max_instance_count: 7")), List.of(), cluster);
        assertThat(most.settings().staffing().instanceCount()).isEqualTo(7);
    }

    @Test
    void takesTheInstancesOfTheCommandLine() {
        MachineFacts three = new MachineFacts(2, 0, OptionalInt.of(3), false);

        ResolvedSettings resolved =
                SettingsResolver.resolve(
                        load(JOB + "resources: {instance_count: 5}\n"), List.of(), three);

        assertThat(resolved.settings().staffing().instanceCount()).isEqualTo(3);
        assertThat(resolved.notices()).isEmpty();
    }

    @Test
    void refusesPartitionKeysByName() {
        String yaml = JOB + "partition_keys: [year, month]\n";

        assertThatThrownBy(() -> resolve(yaml))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage(
                        "job:8:17 partition_keys: year, month (expected: mini_batch_size instead;"
                                + " partition keys are not built yet)");
    }

    private static List<String> printed(ResolvedSettings resolved) {
        return resolved.settings().asPrinted().stream()
                .map(setting ->
                        setting.name()
                                + " = "
                                + setting.value()
                                + " ("
                                + setting.origin().printed()
                                + ")")
                .toList();
    }

    private static ResolvedSettings resolve(String yaml, String... argv) {
        return SettingsResolver.resolve(load(yaml), List.of(argv), MACHINE);
    }

    private static LoadedJob load(String yaml) {
        return JobReader.read(yaml, "job.yml", Path.of("/jobs"), ReadOptions.plain());
    }
}

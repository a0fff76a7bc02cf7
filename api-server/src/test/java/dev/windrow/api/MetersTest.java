package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.meter.MeterCatalogue;
import dev.windrow.api.meter.MeterSpec;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig.ManagementAddress;
import dev.windrow.runtime.host.ServerSecurity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue and real scrapes of a server with real jobs. */
@Timeout(120)
final class MetersTest {

    private static final Pattern HELP =
            Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\\S.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*)\\})?"
                            + " ([-+]?[0-9.]+(?:E[-+]?[0-9]+)?|NaN|\\+Inf|-Inf)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"([^\"]*)\"");

    @TempDir Path home;
    private final HttpClient client = HttpClient.newHttpClient();
    private RunningApi api;

    @BeforeEach
    void start() throws Exception {
        api =
                new RunningApi(
                        home,
                        new HostLimits(2, 100),
                        ServerSecurity.NONE,
                        Optional.of(new ManagementAddress("127.0.0.1", 0)));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        api.close();
        assertThat(api.faults).isEmpty();
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        URI url = URI.create(api.metricsUrl()).resolve(path);
        return client.send(
                HttpRequest.newBuilder(url).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    }

    private Scrape scrape() throws Exception {
        HttpResponse<String> answer = ask("GET", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/plain; version=0.0.4");
        return Scrape.of(answer.body());
    }

    /** A scrape of which every line was understood. */
    private record Scrape(
            Map<String, String> types,
            Map<String, String> helps,
            Map<String, Double> samples,
            Map<String, Set<String>> labels) {

        static Scrape of(String text) {
            Scrape scrape =
                    new Scrape(
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>());
            assertThat(text).endsWith("\n");
            text.lines().forEach(scrape::line);
            return scrape;
        }

        private void line(String line) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                assertThat(helps.put(help.group(1), help.group(2))).as(line).isNull();
            } else if (type.matches()) {
                assertThat(types.put(type.group(1), type.group(2))).as(line).isNull();
            } else {
                assertThat(sample.matches()).as(line).isTrue();
                String written = line.substring(0, line.lastIndexOf(' '));
                assertThat(samples.put(written, number(sample.group(3)))).as(line).isNull();
                family(sample.group(1), sample.group(2));
            }
        }

        private static double number(String text) {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }

        private void family(String name, String said) {
            String family = name;
            for (String end : List.of("_bucket", "_count", "_sum", "_max")) {
                String bare =
                        name.endsWith(end) ? name.substring(0, name.length() - end.length()) : "";
                family = "histogram".equals(types.get(bare)) ? bare : family;
            }
            assertThat(types).as(name).containsKey(family);
            Set<String> names = labels.computeIfAbsent(family, _ -> new TreeSet<>());
            Matcher matcher = LABEL.matcher(said == null ? "" : said);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
            names.remove("le");
        }

        double value(String written) {
            assertThat(samples).containsKey(written);
            return samples.getOrDefault(written, Double.NaN);
        }
    }

    private void submit(String name, int files, String... script) throws Exception {
        Path folder = api.job(name, files, script);
        String job = spec("retry_settings: {max_retries: 1}");
        assertThat(api.put(name, submission(folder, job)).statusCode()).isEqualTo(201);
    }

    @Test
    void theScrapeIsTheCatalogueAndTheCatalogueIsTheScrape() throws Exception {
        submit("slow", 3, "import time", "def run(mini_batch):", "    time.sleep(600)");
        Scrape scrape = scrape();
        while (!scrape.types().containsKey("windrow_job_agents")) {
            scrape = scrape();
        }
        Map<String, String> kinds = new LinkedHashMap<>();
        Map<String, String> helps = new LinkedHashMap<>();
        for (MeterSpec meter : MeterCatalogue.all()) {
            kinds.put(meter.name(), meter.kind().name().toLowerCase(java.util.Locale.ROOT));
            helps.put(meter.name(), meter.help());
            assertThat(scrape.labels().get(meter.name()))
                    .as(meter.name())
                    .isEqualTo(new TreeSet<>(meter.tags()));
        }
        // The largest value of late is told beside each histogram, and is no meter of its own.
        scrape.types().keySet().removeIf(name -> name.endsWith("_seconds_max"));
        scrape.helps().keySet().removeIf(name -> name.endsWith("_seconds_max"));
        assertThat(scrape.types()).containsExactlyInAnyOrderEntriesOf(kinds);
        assertThat(scrape.helps()).containsExactlyInAnyOrderEntriesOf(helps);
        api.post(JOBS + "/slow/cancel", "");
        api.ended("slow");
    }

    @Test
    void whatJobsHaveDoneIsCounted() throws Exception {
        submit(
                "mixed",
                4,
                "def run(mini_batch):",
                "    if 'file000' in str(mini_batch[0]): raise ValueError('no')",
                "    return [1]");
        api.ended("mixed");
        Scrape scrape = scrape();
        assertThat(scrape.value("windrow_jobs_submitted_total")).isEqualTo(1);
        assertThat(scrape.value("windrow_jobs_ended_total{status=\"Completed\"}")).isEqualTo(1);
        assertThat(scrape.value("windrow_mini_batches_total{outcome=\"succeeded\"}")).isEqualTo(3);
        assertThat(scrape.value("windrow_mini_batches_total{outcome=\"failed\"}")).isEqualTo(1);
        assertThat(scrape.value("windrow_attempts_failed_total{cause=\"exception\"}")).isEqualTo(2);
        assertThat(scrape.value("windrow_row_bytes_total")).isEqualTo(6);
        assertThat(scrape.value("windrow_commit_seconds_count")).isPositive();
        assertThat(scrape.value("windrow_commit_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(scrape.value("windrow_commit_seconds_count"));
        assertThat(scrape.value("windrow_lease_wait_seconds_count")).isPositive();
        assertThat(
                        scrape.value(
                                "windrow_http_request_seconds_count{operation=\"putJob\",status=\"2xx\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("process_cpu_seconds_total")).isPositive();
        assertThat(scrape.samples().keySet()).noneMatch(name -> name.contains("mixed"));
    }

    @Test
    void jobsThatRunHaveSeriesAndThoseThatWaitOrHaveEndedHaveNone() throws Exception {
        for (String name : List.of("one", "two", "three")) {
            submit(name, 3, "import time", "def run(mini_batch):", "    time.sleep(600)");
        }
        String agents = "windrow_job_agents{job=\"one\",workspace=\"default\"}";
        Scrape scrape = scrape();
        while (scrape.samples().getOrDefault(agents, 0.0) < 1
                || scrape.value("windrow_workers_busy") < 2) {
            scrape = scrape();
        }
        assertThat(scrape.value("windrow_job_queue_depth")).isEqualTo(1);
        assertThat(scrape.value("windrow_jobs{status=\"Queued\"}")).isEqualTo(1);
        assertThat(
                        scrape.value(
                                "windrow_job_mini_batches{job=\"one\",state=\"outstanding\",workspace=\"default\"}"))
                .isEqualTo(3);
        assertThat(scrape.samples().keySet()).noneMatch(name -> name.contains("\"three\""));
        for (String name : List.of("three", "two", "one")) {
            api.post(JOBS + "/" + name + "/cancel", "");
            api.ended(name);
        }
        scrape = scrape();
        while (scrape.samples().keySet().stream().anyMatch(name -> name.contains("job=\""))) {
            scrape = scrape();
        }
        assertThat(scrape.value("windrow_agents")).isZero();
        assertThat(scrape.value("windrow_jobs_ended_total{status=\"Canceled\"}")).isEqualTo(3);
    }

    @Test
    void theManagementPortHasNothingButMetersAndTheOtherPortHasNone() throws Exception {
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/api/v1/tokens").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
        assertThat(api.get("/metrics").statusCode()).isEqualTo(404);
    }
}

package dev.windrow.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonReportTest {

    @Test
    void reportsACompletedJob() {
        assertThat(JsonReport.of(Samples.completed()))
                .isEqualTo(
                        "{\"name\":\"nightly\",\"status\":\"Completed\",\"reason\":null,"
                                + "\"mini_batches\":{\"total\":200,\"succeeded\":200,\"failed\":0,"
                                + "\"unprocessed\":0,\"attempts\":203},"
                                + "\"items\":{\"total\":1000,\"succeeded\":1000,\"failed\":0,"
                                + "\"unprocessed\":0},"
                                + "\"outputs\":{\"rows\":\"/out/rows.txt\"},"
                                + "\"logs\":\"/home/jobs/nightly/logs\",\"seconds\":4.250,"
                                + "\"phases\":{\"start\":0.420,\"plan\":0.035,\"process\":3.500,"
                                + "\"finalize\":0.012}}");
    }

    @Test
    void namesThePartialOutputAndTheReasonOfAFailedJob() {
        assertThat(JsonReport.of(Samples.failed()))
                .contains(
                        "\"reason\":{\"code\":\"ITEM_THRESHOLD_EXCEEDED\",\"message\":"
                                + "\"error_threshold: 15 failed items (expected: <= 10)\"}",
                        "\"rows\":\"/out/rows.txt.partial-nightly\"");
    }

    @Test
    void reportsEveryErrorWithAllKeys() {
        Complaint placed = new Complaint("SYNTAX", "a \"b\"\n\u00e4", "task", 3, 5, "v", "r");
        assertThat(JsonReport.of(List.of(placed, Complaint.of("USAGE", "no\ud800"))))
                .isEqualTo(
                        "{\"errors\":[{\"code\":\"SYNTAX\",\"message\":\"a \\\"b\\\"\\u000a\u00e4\","
                                + "\"path\":\"task\",\"line\":3,\"column\":5,\"value\":\"v\",\"rule\":\"r\"},"
                                + "{\"code\":\"USAGE\",\"message\":\"no\\ud800\",\"path\":null,"
                                + "\"line\":null,\"column\":null,\"value\":null,\"rule\":null}]}");
    }
}

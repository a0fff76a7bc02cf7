package dev.windrow.api.job;

import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.model.JobName;
import dev.windrow.runtime.RetryOrder;
import dev.windrow.spec.content.ContentRef;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what is to be tried again. */
final class RetryReader {

    private static final Set<String> FIELDS = Set.of("name", "code", "merge");
    private static final int CODE_MOST = 4_096;

    private RetryReader() {}

    /**
     * The order.
     *
     * @param old name of the job that has ended
     */
    static RetryOrder read(Request request, String old) {
        ObjectNode body = request.object(Set.of("application/json"));
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw Problem.invalid("body", field, "one of code, merge, name");
            }
        }
        JsonNode name = body.path("name");
        if (!name.isString() || !JobName.isLegal(name.stringValue())) {
            throw Problem.invalid("name", name.toString(), JobName.RULE);
        }
        if (name.stringValue().equals(old)) {
            throw Problem.invalid("name", old, "another than that of the job that has ended");
        }
        JsonNode merge = body.path("merge");
        if (!merge.isMissingNode() && !merge.isBoolean()) {
            throw Problem.invalid("merge", merge.toString(), "true or false");
        }
        return new RetryOrder(old, name.stringValue(), code(body), merge.asBoolean(false));
    }

    private static Optional<String> code(ObjectNode body) {
        JsonNode code = body.path("code");
        if (code.isMissingNode()) {
            return Optional.empty();
        }
        boolean fits =
                code.isString()
                        && code.stringValue().length() <= CODE_MOST
                        && code.stringValue().indexOf('\0') < 0
                        && (code.stringValue().startsWith("/")
                                || ContentRef.parse(code.stringValue()).isPresent());
        if (!fits) {
            throw Problem.invalid(
                    "code",
                    code.toString(),
                    "an absolute folder on the server, or content:sha256:DIGEST");
        }
        return Optional.of(code.stringValue());
    }
}

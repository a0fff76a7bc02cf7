package dev.windrow.client;

import dev.windrow.spec.content.ContentRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Documents of the server that callers never see as such. */
final class Documents {
    private Documents() {}

    /** A token by which agents join a job's fleet. */
    record AgentToken(String token) {}

    /** One page of a list. */
    interface Page<T> {
        List<T> items();

        Optional<String> nextCursor();
    }

    record JobPage(List<JobSnapshot> items, Optional<String> nextCursor)
            implements Page<JobSnapshot> {
        JobPage {
            items = Json.list(items);
        }
    }

    record FilePage(List<JobFile> items, Optional<String> nextCursor) implements Page<JobFile> {
        FilePage {
            items = Json.list(items);
        }
    }

    record MiniBatchPage(List<MiniBatchRow> items, Optional<String> nextCursor)
            implements Page<MiniBatchRow> {
        MiniBatchPage {
            items = Json.list(items);
        }
    }

    record TokenPage(List<AccessToken> items, Optional<String> nextCursor)
            implements Page<AccessToken> {
        TokenPage {
            items = Json.list(items);
        }
    }

    record SecretPage(List<Secret> items, Optional<String> nextCursor) implements Page<Secret> {
        SecretPage {
            items = Json.list(items);
        }
    }

    /** A token with itself. */
    record TokenMade(
            String token,
            String id,
            String user,
            String role,
            Optional<String> workspace,
            List<String> computes,
            Instant createdAt,
            String createdBy,
            Optional<Instant> expiresAt) {
        TokenMade {
            Objects.requireNonNull(token, "token");
        }

        MadeToken made() {
            return new MadeToken(
                    token,
                    new AccessToken(
                            id, user, role, workspace, computes, createdAt, createdBy, expiresAt));
        }
    }

    record Outputs(List<JobOutput> items) {
        Outputs {
            items = Json.list(items);
        }
    }

    /** How much of a file the server has. */
    record Blob(long received, boolean complete) {}

    record MissingBlobs(List<String> items) {
        MissingBlobs {
            items = Json.list(items);
        }
    }

    record Folder(String id) {
        Folder {
            Objects.requireNonNull(id, "id");
        }

        /** Gives the digest that the id names. */
        String digest() {
            return ContentRef.parse(id)
                    .map(ContentRef::digest)
                    .orElseThrow(() ->
                            ServerException.badAnswer(
                                    "id: %s (expected: content:sha256:DIGEST)"
                                            .formatted(Words.oneLine(id))));
        }
    }

    record Settings(List<JobSetting> settings) {
        Settings {
            settings = Json.list(settings);
        }
    }

    record ComputePage(List<Map<String, Object>> items, Optional<String> nextCursor)
            implements Page<Map<String, Object>> {
        ComputePage {
            items = Json.list(items);
        }
    }

    record Quota(List<ComputeQuota> items) {
        Quota {
            items = Json.list(items);
        }
    }

    record DatastorePage(List<Datastore> items, Optional<String> nextCursor)
            implements Page<Datastore> {
        DatastorePage {
            items = Json.list(items);
        }
    }

    record Problem(
            String code,
            String detail,
            Optional<String> path,
            Optional<String> value,
            Optional<String> rule,
            List<JobMistake> errors) {
        Problem {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(detail, "detail");
            errors = Json.list(errors);
        }

        /** Gives all mistakes; the problem itself is the only one when it lists none. */
        List<JobMistake> mistakes() {
            return errors.isEmpty()
                    ? List.of(
                            new JobMistake(
                                    code,
                                    detail,
                                    path,
                                    Optional.empty(),
                                    Optional.empty(),
                                    value,
                                    rule))
                    : errors;
        }
    }
}

package dev.windrow.store;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.minibatch.LeaseToken;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.ErrorText;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.RowRange;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns the parts of a row that no query looks at into one blob each, and back. Fewer bound columns
 * make the hot path fast, and blobs hold any string.
 *
 * <p>One per connection; not for two threads at once.
 */
final class RowCodec {

    private static final long NANOS = 1_000_000_000L;

    private final ByteWriter out = new ByteWriter();

    byte[] detail(RowRange rows, AttemptFacts facts) {
        out.repeatedText(rows.segment());
        out.number(rows.offset());
        out.number(rows.length());
        out.number(rows.head());
        facts(facts);
        return out.take();
    }

    static RowRange rows(ByteReader in) {
        String segment = in.text();
        return new RowRange(segment, in.number(), in.number(), in.smallNumber());
    }

    byte[] detail(AttemptFacts facts) {
        facts(facts);
        return out.take();
    }

    private void facts(AttemptFacts facts) {
        out.number(facts.token().epoch());
        out.number(facts.token().counter());
        out.number(facts.instance());
        out.number(facts.worker() + 1L); // -1 means that no worker had begun
        out.number(facts.startMicros());
        out.number(facts.processNanos());
        out.number(facts.runNanos());
    }

    static AttemptFacts facts(ByteReader in) {
        LeaseToken token = new LeaseToken(in.number(), in.number());
        int instance = in.smallNumber();
        int worker = (int) (in.number() - 1);
        return new AttemptFacts(token, instance, worker, in.number(), in.number(), in.number());
    }

    byte[] error(FailedAttempt error) {
        ErrorText text = error.text();
        out.text(error.cause().name());
        out.text(text.type());
        out.text(text.message());
        out.text(text.traceback());
        out.text(text.userLine());
        return out.take();
    }

    static FailedAttempt error(byte[] blob) {
        ByteReader in = new ByteReader(blob);
        FailureCause cause = FailureCause.valueOf(in.text());
        return new FailedAttempt(cause, new ErrorText(in.text(), in.text(), in.text(), in.text()));
    }

    byte[] reason(JobReason reason) {
        out.text(reason.code().name());
        out.text(reason.message());
        out.number(reason.cause().isPresent() ? 1 : 0);
        reason.cause()
                .ifPresent(cause -> {
                    out.number(cause.miniBatch() + 1L); // -1 stands for none
                    out.text(cause.error());
                    out.text(cause.userLine());
                });
        return out.take();
    }

    static JobReason reason(byte[] blob) {
        ByteReader in = new ByteReader(blob);
        ErrorCode code = ErrorCode.valueOf(in.text());
        String message = in.text();
        Optional<FirstCause> cause =
                in.number() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new FirstCause((int) (in.number() - 1), in.text(), in.text()));
        return new JobReason(code, message, cause);
    }

    byte[] event(String kind, String text) {
        out.text(kind);
        out.text(text);
        return out.take();
    }

    byte[] counts(int[] itemCounts) {
        for (int count : itemCounts) {
            out.number(count);
        }
        return out.take();
    }

    static int[] counts(int size, byte[] blob) {
        ByteReader in = new ByteReader(blob);
        int[] counts = new int[size];
        for (int i = 0; i < size; i++) {
            counts[i] = in.smallNumber();
        }
        return counts;
    }

    static int outcome(ResultOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> 0;
            case SHORT -> 1;
            case FAILED -> 2;
        };
    }

    static ResultOutcome outcome(int code) {
        return switch (code) {
            case 0 -> ResultOutcome.SUCCEEDED;
            case 1 -> ResultOutcome.SHORT;
            default -> ResultOutcome.FAILED;
        };
    }

    /** Nanoseconds since 1970; good for the years 1678 to 2262. */
    static long nanos(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}

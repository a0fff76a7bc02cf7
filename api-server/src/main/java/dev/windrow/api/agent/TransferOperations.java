package dev.windrow.api.agent;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferResult;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.TransferOrders;
import dev.windrow.runtime.transfer.Transfers;
import dev.windrow.runtime.transfer.Transfers.Word;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** What agents ask for that serve a volume. Their tokens open nothing else. */
public final class TransferOperations {

    private static final String TRANSFERS = "/api/v1/agent/transfers";

    /** A page of files with long paths is the longest; bytes of files come in smaller pieces. */
    private static final long BODY_MAX = 24L << 20;

    private final Transfers transfers;

    public TransferOperations(Transfers transfers) {
        this.transfers = transfers;
    }

    /** All of them, in the order of the contract. */
    public List<Operation> all() {
        Operation ask =
                new Operation(
                        "askTransfer", "GET", TRANSFERS, Role.NONE, (Operation.Routine) this::ask);
        Operation answer =
                new Operation(
                        "answerTransfer",
                        "POST",
                        TRANSFERS + "/{order}",
                        Role.NONE,
                        (Operation.Routine) this::answer,
                        Optional.of(new Operation.Streamed(transfers.threads(), BODY_MAX)));
        return List.of(ask.guardedBy(this::check), answer.guardedBy(this::check));
    }

    private void check(String authorization) {
        if (!transfers.knows(AgentRequests.token(authorization))) {
            throw AgentRequests.unknown();
        }
    }

    private Answer ask(Request request) {
        request.allowOnly(Set.of());
        String token = AgentRequests.token(request);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            transfers.threads().execute(() -> ask(token, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return new Answer.Later(answer);
    }

    private void ask(String token, CompletableFuture<Answer> answer) {
        try {
            answer.complete(answer(transfers.next(token)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(new RejectedExecutionException(e));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private static Answer answer(Word word) {
        return switch (word) {
            case Word.Do(Ordered ordered) ->
                    new Answer.Text(
                            200,
                            "application/json",
                            new String(
                                    MessageText.write(new TransferOrders(), ordered),
                                    StandardCharsets.US_ASCII));
            case Word.Wait _ -> new Answer.Empty(204);
            case Word.End _ -> throw over();
            case Word.Unknown _ -> throw AgentRequests.unknown();
        };
    }

    private static Problem over() {
        return Problem.of(410, "TRANSFER_OVER", "there is nothing more to do; the agent is to end");
    }

    private Answer answer(Request request) {
        request.allowOnly(Set.of("result"));
        String said = request.query("result").orElse("");
        TransferResult result =
                TransferResult.of(said)
                        .orElseThrow(
                                () -> Problem.invalid("result", said, "done, missing or failed"));
        String token = AgentRequests.token(request);
        if (!transfers.take(token, number(request.path("order")), result, request.stream())) {
            throw Problem.of(410, "ORDER_GONE", "order: nobody waits for it any more");
        }
        return new Answer.Empty(204);
    }

    private static long number(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException _) {
            throw Problem.invalid("order", text, "its number");
        }
    }
}

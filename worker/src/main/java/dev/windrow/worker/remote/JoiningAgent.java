package dev.windrow.worker.remote;

import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.worker.AgentConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** An agent that nobody has started for its job: it asks the job's server what there is to do. */
public final class JoiningAgent {

    private static final Duration JOIN_MAX = Duration.ofSeconds(30);

    private JoiningAgent() {}

    /** What a server answers to one who wants to join. */
    public sealed interface Answer {

        /** It is an instance of the fleet now. */
        record Joined(AgentConfig config) implements Answer {}

        /** The job waits for its turn: ask again. */
        record NotYet() implements Answer {}

        /** The job has ended, or goes on without this instance. */
        record Gone() implements Answer {}

        /** The token is worth nothing there, or this is no server of ours. */
        record Refused(String why) implements Answer {}
    }

    /**
     * Asks what there is to do for a token's job.
     *
     * @param instance which instance of the job's fleet this is; empty to join it as one more
     * @throws IOException when nobody answers
     */
    public static Answer join(URI server, String token, OptionalInt instance)
            throws IOException, InterruptedException {
        String path = "join" + (instance.isPresent() ? "?agent=" + instance.getAsInt() : "");
        ServerAddress address = new ServerAddress(server, token);
        HttpRequest request = address.request(path, JOIN_MAX).POST(BodyPublishers.noBody()).build();
        HttpResponse<byte[]> answer = address.http().send(request, BodyHandlers.ofByteArray());
        return switch (answer.statusCode()) {
            case 200 -> read(answer.body());
            case 503 -> new Answer.NotYet();
            case 410 -> new Answer.Gone();
            case 401, 403 -> new Answer.Refused("the token is unknown there, or expired");
            default -> new Answer.Refused("HTTP status " + answer.statusCode());
        };
    }

    private static Answer read(byte[] body) {
        try {
            return MessageText.read(new ConfigMessages(), body)
                    .<Answer>map(Answer.Joined::new)
                    .orElseGet(() -> new Answer.Refused("a server of another version"));
        } catch (WireException _) {
            return new Answer.Refused("a server of another version");
        }
    }

    /**
     * Works for the job until it has ended. Blocks.
     *
     * @return why the agent ended early; empty when the job needs it no more
     */
    public static Optional<String> run(URI server, String token, AgentConfig config)
            throws InterruptedException {
        return ServedAgentMain.run(new StartMessages.Start(server, token), config);
    }
}

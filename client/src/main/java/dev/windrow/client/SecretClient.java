package dev.windrow.client;

import dev.windrow.client.Documents.SecretPage;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The secrets of one workspace, which jobs refer to by <code>${{secrets.NAME}}</code> in their
 * environment variables. A value can be set and never be read. Every method asks the server and
 * blocks until it has answered; all throw {@link WindrowException}. For any number of threads.
 */
public final class SecretClient {
    private final Transport transport;
    private final String secrets;

    /**
     * Makes a client.
     *
     * @param workspace path of the workspace on the server
     */
    SecretClient(Transport transport, String workspace) {
        this.transport = transport;
        this.secrets = workspace + "/secrets";
    }

    /**
     * Keeps a secret, in place of the one of its name. Workers that run already keep what they
     * have.
     */
    public void set(String name, String value) {
        transport.done(Call.put(secrets + Call.path(name), Map.of("value", value)));
    }

    /** Lists secrets by name; pages are asked for as the stream is used. */
    public Stream<Secret> list() {
        Call listing = Call.get(secrets).query("max", JobFilter.PAGE);
        return Pages.stream(transport, listing, SecretPage.class);
    }

    /**
     * Forgets a secret.
     *
     * @throws NotFoundException when there is none of that name
     */
    public void remove(String name) {
        transport.delete(Call.delete(secrets + Call.path(name)));
    }
}

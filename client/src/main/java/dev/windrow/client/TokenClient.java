package dev.windrow.client;

import dev.windrow.client.Documents.TokenMade;
import dev.windrow.client.Documents.TokenPage;
import java.util.stream.Stream;

/**
 * The tokens of a server, for its administrators. Every method asks the server and blocks until it
 * has answered; all throw {@link WindrowException}. For any number of threads.
 */
public final class TokenClient {
    private static final String TOKENS = "/api/v1/tokens";

    private final Transport transport;

    TokenClient(Transport transport) {
        this.transport = transport;
    }

    /** Makes a token; asked for once and never again, since each time would make another. */
    public MadeToken create(TokenRequest request) {
        Call once = Call.postOnce(TOKENS, request.document());
        return transport.json(once, TokenMade.class).made();
    }

    /** Lists tokens, the oldest first; pages are asked for as the stream is used. */
    public Stream<AccessToken> list() {
        Call listing = Call.get(TOKENS).query("max", JobFilter.PAGE);
        return Pages.stream(transport, listing, TokenPage.class);
    }

    /**
     * Makes a token worthless at once.
     *
     * @throws NotFoundException when there is none of that id
     */
    public void revoke(String id) {
        transport.delete(Call.delete(TOKENS + Call.path(id)));
    }
}

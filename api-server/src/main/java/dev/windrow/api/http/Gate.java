package dev.windrow.api.http;

import java.util.concurrent.CompletionStage;

/** Tells who a caller is. */
public interface Gate {

    /**
     * Who has sent this header; must not block. Fails with a {@link Problem}: 401 when it does not
     * say, or says something wrong.
     *
     * @param authorization may be empty
     */
    CompletionStage<Caller> admit(String authorization);
}

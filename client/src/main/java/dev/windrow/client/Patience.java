package dev.windrow.client;

import java.time.Duration;

/**
 * How long a client waits, and how often it tries.
 *
 * @param connect until a connection stands
 * @param request until an answer is complete, or its stream has begun
 * @param idle until the next byte of a stream
 * @param attempts of one request, and of a stream of which nothing has come yet
 * @param reconnects in a row that bring nothing before a stream is given up
 * @param firstWait before the second attempt; doubles with each further one
 * @param longestWait between two attempts
 */
record Patience(
        Duration connect,
        Duration request,
        Duration idle,
        int attempts,
        int reconnects,
        Duration firstWait,
        Duration longestWait) {

    static final Patience USUAL =
            new Patience(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    3,
                    12,
                    Duration.ofMillis(250),
                    Duration.ofSeconds(15));
}

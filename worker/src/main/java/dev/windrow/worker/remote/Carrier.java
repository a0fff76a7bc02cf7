package dev.windrow.worker.remote;

import java.io.IOException;

/** One way to exchange messages with a server. */
interface Carrier {

    /**
     * Connects an agent; blocks for seconds at most.
     *
     * @param agent number of its instance
     * @throws Refused when somebody answers, and does not let it in
     * @throws IOException when nobody answers
     */
    Channel open(int agent, Receiver receiver) throws IOException, InterruptedException;

    /** Takes what the engine says, one call at a time; must not block. */
    interface Receiver {

        /** One message, as it was written. */
        void take(byte[] message);

        /** Nothing more comes. */
        void ended();
    }

    /** An open connection. Safe for use by several threads. */
    interface Channel extends AutoCloseable {

        /**
         * Sends one message; blocks while the other side takes no more, and not for ever.
         *
         * @throws IOException when the connection is of no more use
         */
        void send(byte[] message) throws IOException;

        /**
         * Makes sure that the other side is there; to be called every few seconds.
         *
         * @return false when nothing was heard of it for too long
         */
        boolean alive();

        /** Ends it at once; may be repeated. */
        @Override
        void close();
    }

    /** What the other side, or a proxy before it, says instead of letting an agent in. */
    final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String said) {
            super("HTTP status %d %s".formatted(status, said).strip());
            this.status = status;
        }

        /** The status of HTTP that was answered. */
        int status() {
            return status;
        }

        /** The job has ended, or is not there. */
        boolean gone() {
            return status == 410;
        }

        /** The token is worth nothing. */
        boolean unknown() {
            return status == 401 || status == 403;
        }

        /** Asking again would change nothing. */
        boolean isFinal() {
            return gone() || unknown();
        }
    }
}

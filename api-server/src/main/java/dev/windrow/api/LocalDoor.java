package dev.windrow.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the agents on this machine come in to a server that speaks TLS: plain HTTP at the loopback
 * address, for agents alone. The port is kept, so that agents that outlive a server find the next.
 */
record LocalDoor(Path file, Listening listening) {

    static final String BIND = "127.0.0.1";

    private static final int PORT_MAX = 65_535;

    /** Opens a port; 0 for any that is free. */
    interface Listening {
        /** The port that is open now. */
        int at(int port) throws IOException;
    }

    /** Opens the port of the last time, or another when that is taken, and keeps it. */
    int open() throws IOException {
        int last = kept();
        int port = last == 0 ? listening.at(0) : again(last);
        if (port != last) {
            Files.writeString(file, port + "\n");
        }
        return port;
    }

    private int again(int last) throws IOException {
        try {
            return listening.at(last);
        } catch (IOException _) {
            // Somebody else has it by now; agents that are left over end by themselves.
            return listening.at(0);
        }
    }

    private int kept() {
        try {
            int port = Integer.parseInt(Files.readString(file).strip());
            return port > 0 && port <= PORT_MAX ? port : 0;
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }
}

package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that goes away is no error of the server, so that nobody is told of it. */
final class GoneClientsTest {

    private static final int MANY = 20;

    @TempDir Path home;

    private Socket begin(RunningApi api, String head) throws IOException {
        URI url = URI.create(api.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        String token = Files.readString(AdminToken.file(home)).strip();
        String said = head.replace("TOKEN", token);
        socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String request(String line, String more) {
        return line + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer TOKEN\r\n" + more;
    }

    private List<Socket> halfBodies(RunningApi api) throws IOException {
        String json = "Content-Type: application/json\r\n";
        String blob = "PUT /api/v1/workspaces/default/blobs/" + "0".repeat(64);
        List<Socket> begun = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String known = json + "Content-Length: 1000\r\n\r\n{";
            String unknown = json + "Transfer-Encoding: chunked\r\n\r\n5\r\n{";
            begun.add(begin(api, request("PUT " + JOBS + "/x", known)));
            begun.add(begin(api, request("PUT " + JOBS + "/x", unknown)));
            begun.add(begin(api, request("POST /api/v1/tokens", known)));
            begun.add(begin(api, request(blob, "Content-Length: 1000\r\n\r\nx")));
        }
        return begun;
    }

    /** Answers much longer than what sockets hold, so that they are broken off on the way. */
    private List<Socket> unreadAnswers(RunningApi api) throws IOException {
        List<Socket> begun = new ArrayList<>();
        String contract = request("GET /api/openapi.yaml", "\r\n");
        for (int i = 0; i < MANY; i++) {
            begun.add(begin(api, contract.repeat(100)));
        }
        return begun;
    }

    private static void leave(List<Socket> sockets, boolean abruptly) throws IOException {
        for (Socket one : sockets) {
            one.setSoLinger(abruptly, 0);
            one.close();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingIsSaidOfABodyThatBreaksOff() throws Exception {
        List<String> faults;
        try (LibraryLog log = new LibraryLog()) {
            try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
                leave(halfBodies(api), false);
                leave(halfBodies(api), true);
                assertThat(api.get("/livez").statusCode()).isEqualTo(200);
                // These are broken off by the end of the server itself.
                List<Socket> _ = halfBodies(api);
                faults = api.faults;
            }
            assertThat(log.lines()).isEmpty();
            assertThat(faults).isEmpty();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingIsSaidOfAnAnswerThatIsBrokenOff() throws Exception {
        List<String> faults;
        try (LibraryLog log = new LibraryLog()) {
            try (RunningApi api = new RunningApi(home, HostLimits.DEFAULT)) {
                leave(unreadAnswers(api), false);
                leave(unreadAnswers(api), true);
                assertThat(api.get("/livez").statusCode()).isEqualTo(200);
                List<Socket> _ = unreadAnswers(api);
                faults = api.faults;
            }
            assertThat(log.lines()).isEmpty();
            assertThat(faults).isEmpty();
        }
    }
}

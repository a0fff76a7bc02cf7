package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.client.ServerEvents.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ServerEventsTest {

    private static List<Event> read(String text) throws IOException {
        ServerEvents events =
                new ServerEvents(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), () -> {});
        List<Event> all = new ArrayList<>();
        for (Optional<Event> one = events.next(); one.isPresent(); one = events.next()) {
            all.add(one.get());
        }
        return all;
    }

    @Test
    void readsLinesOfEveryEnding() throws IOException {
        Event event = new Event("7", "note", "ä\nb");
        assertThat(read("id:7\nevent: note\ndata: ä\ndata:b\n\n")).containsExactly(event);
        assertThat(read("id:7\r\nevent: note\r\ndata: ä\r\ndata:b\r\n\r\n")).containsExactly(event);
        assertThat(read("id:7\revent: note\rdata: ä\rdata:b\r\r")).containsExactly(event);
    }

    @Test
    void passesOverCommentsAndWhatHasNoData() throws IOException {
        assertThat(read(": beat\n\nid: 3\n\nretry: 10\ndata\n\n: beat\n\n"))
                .containsExactly(new Event("", "message", ""));
    }

    @Test
    void dropsHalfAnEvent() throws IOException {
        assertThat(read("data: whole\n\nid: 4\ndata: ha")).hasSize(1);
        assertThat(read("data: whole\n\nid: 4\ndata: half\n")).hasSize(1);
    }

    @Test
    void refusesAnEventWithoutEnd() {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }

                    @Override
                    public int read(byte[] into, int from, int count) {
                        Arrays.fill(into, from, from + count, (byte) 'x');
                        return count;
                    }
                };
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(() -> new ServerEvents(endless, () -> {}).next())
                .withMessageStartingWith("event: larger");
    }
}

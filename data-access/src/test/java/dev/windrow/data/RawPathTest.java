package dev.windrow.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RawPathTest {
    @Test
    void keepsEveryByteOfAPath() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] name = new byte[1 + random.nextInt(30)];
            random.nextBytes(name);
            for (int i = 0; i < name.length; i++) {
                name[i] = name[i] == 0 || name[i] == '/' ? (byte) '%' : name[i];
            }
            byte[] absolute = RawPath.concat("/tmp/".getBytes(UTF_8), name);
            Path path = RawPath.path(absolute);
            assertThat(RawPath.bytes(path)).isEqualTo(absolute);
            assertThat(RawPath.fileName(path)).isEqualTo(name);
        }
    }

    @Test
    void showsControlsAndForeignBytesAsNumbers() {
        byte[] name = {'a', '\n', (byte) 0xff, (byte) 0xc3, (byte) 0xbc, 27};

        assertThat(RawPath.printable(name)).isEqualTo("a\\x0A\\xFFü\\x1B");
    }

    @Test
    void decodesPercentSignsOnlyBeforeTwoDigits() {
        assertThat(RawPath.percentDecode("/a%20b%2")).isEqualTo("/a b%2".getBytes(UTF_8));
        assertThat(RawPath.percentDecode("%41%zz")).isEqualTo("A%zz".getBytes(UTF_8));
    }
}

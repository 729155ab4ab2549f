package dev.entrain.sim.pty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sensor.ByteLine;
import dev.entrain.sensor.serial.SerialLine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PtyTest {
    private static byte[] allBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    private static byte[] readAll(ByteLine line, int wanted) {
        byte[] got = new byte[wanted];
        byte[] part = new byte[wanted];
        int at = 0;
        for (int tries = 0; tries < 50 && at < wanted; tries++) {
            int count = line.read(part);
            if (count < 0) {
                break;
            }
            int keep = Math.min(count, wanted - at);
            System.arraycopy(part, 0, got, at, keep);
            at += keep;
        }
        return got;
    }

    @Test
    void shouldCarryEveryByteBothWaysWithoutEcho() throws PtyException {
        try (Pty pty = new Pty()) {
            SerialLine line = new SerialLine(pty.path(), 921_600);
            assertThat(line.open()).isNull();
            byte[] all = allBytes();
            assertThat(pty.write(all, 0, all.length)).isEqualTo(all.length);
            assertThat(readAll(line, all.length)).isEqualTo(all);
            byte[] into = new byte[600];
            assertThat(pty.read(into)).isZero();

            assertThat(line.write(all, all.length)).isTrue();
            assertThat(pty.await(1_000_000_000)).isTrue();
            assertThat(pty.read(into)).isEqualTo(all.length);
            assertThat(into).startsWith(all);
            line.close();
        }
    }

    @Test
    void shouldTellWhetherTheHostHasTheLineOpen() throws PtyException {
        try (Pty pty = new Pty()) {
            assertThat(pty.await(0)).isFalse();
            SerialLine line = new SerialLine(pty.path(), 115_200);
            assertThat(line.open()).isNull();
            assertThat(pty.await(0)).isTrue();
            line.close();
            assertThat(pty.await(0)).isFalse();
        }
    }

    @Test
    void shouldNotWaitForAHostThatDoesNotRead() throws PtyException {
        try (Pty pty = new Pty()) {
            SerialLine line = new SerialLine(pty.path(), 115_200);
            assertThat(line.open()).isNull();
            byte[] block = new byte[4096];
            int taken = 4096;
            for (int i = 0; i < 100 && taken == 4096; i++) {
                taken = pty.write(block, 0, block.length);
            }
            assertThat(taken).isLessThan(4096);
            line.close();
        }
    }

    @Test
    void shouldLookUnpluggedToTheHostOnceClosed() throws PtyException {
        Pty pty = new Pty();
        SerialLine line = new SerialLine(pty.path(), 115_200);
        assertThat(line.open()).isNull();
        pty.close();
        pty.close();

        int result = 0;
        for (int i = 0; i < 20 && result == 0; i++) {
            result = line.read(new byte[16]);
        }
        assertThat(result).isEqualTo(ByteLine.GONE);
        line.close();
    }

    @Test
    void shouldSayWhatToDoAboutALineThatIsNotThere() {
        assertThat(new SerialLine(Path.of("/dev/entrain-none"), 115_200).open())
                .contains("plug the sensor in")
                .contains("correct the path");
        assertThat(new SerialLine(Path.of("/dev/null"), 115_200).open()).contains("not a serial line");
        assertThat(new SerialLine(Path.of("/etc/hostname"), 115_200).open()).contains("not a serial line");
    }

    @Test
    void shouldLeaveNoNativeLibraryBehind() throws Exception {
        try (Pty pty = new Pty()) {
            SerialLine line = new SerialLine(pty.path(), 115_200);
            assertThat(line.open()).isNull();
            line.close();
        }
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            assertThat(maps.filter(text -> text.contains("jSerialComm.so")))
                    .isNotEmpty()
                    .allMatch(text -> text.contains("entrain-serial") && text.endsWith("(deleted)"));
        }
    }
}

package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawRecordingTest {
    private static final long ORIGIN_NS = 123_456_789_012L;

    @TempDir
    private Path state;

    private static List<ImuSample> walk(int readings) {
        Random random = new Random(11);
        List<ImuSample> all = new ArrayList<>();
        for (int i = 0; i < readings; i++) {
            ImuSample sample = new ImuSample();
            int tick = i / 2;
            sample.foot = Foot.of(i % 2);
            sample.timeNs = ORIGIN_NS + tick * 5_000_000L + random.nextInt(300_000);
            sample.seq = Integer.MAX_VALUE - 50 + tick;
            double phase = tick * 0.03;
            sample.axMps2 = 9.81 * Math.sin(phase) + 0.02 * random.nextGaussian();
            sample.ayMps2 = -0.0001;
            sample.azMps2 = 4 * Math.cos(phase) + 0.02 * random.nextGaussian();
            sample.gxRadps = 3 * Math.sin(3 * phase) + 0.003 * random.nextGaussian();
            sample.gyRadps = i % 97 == 0 ? -34.9 : 0;
            sample.gzRadps = 0.003 * random.nextGaussian();
            sample.roundToGrid(ORIGIN_NS);
            all.add(sample);
        }
        return all;
    }

    private long write(String session, List<ImuSample> walk, long maxBytes) throws IOException {
        RawFolder folder = new RawFolder(state);
        long taken = 0;
        try (RawRecorder recorder = RawRecorder.begin(folder, session, ORIGIN_NS, "unit: u", maxBytes)) {
            for (ImuSample sample : walk) {
                taken += recorder.add(sample) ? 1 : 0;
            }
        }
        return taken;
    }

    private static List<String> read(Path file) throws IOException {
        List<String> all = new ArrayList<>();
        try (RawRecording recording = new RawRecording(file)) {
            assertThat(recording.header()).isEqualTo("unit: u");
            ImuSample sample = new ImuSample();
            while (recording.next(sample)) { // Ends with the file.
                all.add(text(sample));
            }
        }
        return all;
    }

    private static String text(ImuSample s) {
        // A negative zero comes back as zero.
        return s.foot + " " + s.timeNs + " " + s.seq + " " + (s.axMps2 + 0.0) + " " + (s.ayMps2 + 0.0) + " "
                + (s.azMps2 + 0.0) + " " + (s.gxRadps + 0.0)
                + " " + (s.gyRadps + 0.0) + " " + (s.gzRadps + 0.0);
    }

    @Test
    void shouldGiveBackEveryReadingToTheBitInLessThanAThirdOfItsText() throws IOException {
        List<ImuSample> walk = walk(24_000);
        assertThat(write("s", walk, 10 << 20)).isEqualTo(24_000);
        Path file = new RawFolder(state).file("s");
        assertThat(read(file))
                .isEqualTo(walk.stream().map(RawRecordingTest::text).toList());
        assertThat(Files.size(file)).isLessThan(24_000 * 60 / 3);
        assertThat(write("s", walk(10), 10 << 20)).isEqualTo(10);
        assertThat(read(new RawFolder(state).file("s.2"))).hasSize(10);
    }

    @Test
    void shouldReadWhatIsWholeOfARecordingCutOff() throws IOException {
        List<ImuSample> walk = walk(4_000);
        write("s", walk, 10 << 20);
        Path file = new RawFolder(state).file("s");
        byte[] all = Files.readAllBytes(file);
        for (int length : new int[] {all.length - 1, all.length / 2, 32}) {
            Files.write(file, Arrays.copyOf(all, length));
            List<String> seen = read(file);
            assertThat(seen)
                    .isEqualTo(walk.stream()
                            .limit(seen.size())
                            .map(RawRecordingTest::text)
                            .toList());
            assertThat(seen.size()).isLessThan(4_000);
        }
    }

    @Test
    void shouldEndWhenItsFileGaveWayToTheJournal() throws IOException {
        RawFolder folder = new RawFolder(state);
        int taken = 0;
        try (RawRecorder recorder = RawRecorder.begin(folder, "s", ORIGIN_NS, "unit: u", 10 << 20)) {
            List<ImuSample> walk = walk(4_000);
            for (int i = 0; i < walk.size(); i++) {
                taken += recorder.add(walk.get(i)) ? 1 : 0;
                if (i == 1_000) {
                    assertThat(folder.giveOldestUp()).isTrue();
                }
            }
        }
        assertThat(taken).isBetween(1_000, 2_000);
        assertThat(folder.bytes()).isZero();
    }

    @Test
    void shouldLetOlderRecordingsGiveWayAndStayWithinItsBound() throws IOException {
        long bound = 100_000;
        RawFolder folder = new RawFolder(state);
        for (int i = 0; i < 4; i++) {
            write("s" + i, walk(4_000), bound);
            Files.setLastModifiedTime(folder.file("s" + i), FileTime.fromMillis(1_000_000L * (i + 1)));
            assertThat(folder.bytes()).isLessThanOrEqualTo(bound);
        }
        assertThat(folder.files()).contains(folder.file("s3")).doesNotContain(folder.file("s0"));
        assertThat(write("long", walk(40_000), bound)).isBetween(1L, 39_999L);
        assertThat(folder.files()).containsExactly(folder.file("long"));
        assertThat(folder.bytes()).isLessThanOrEqualTo(bound);
    }
}

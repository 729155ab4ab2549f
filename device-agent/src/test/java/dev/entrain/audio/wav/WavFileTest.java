package dev.entrain.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {
    private static final float STEP = 1 / 32767f;

    @TempDir
    Path folder;

    @Test
    void shouldReadBackWhatWasWritten() throws IOException, UnsupportedAudioFileException {
        Path path = folder.resolve("a.wav");
        float[] stereo = noise(100_001);
        try (WavFile file = new WavFile(path, 48_000)) {
            for (int frame = 0; frame < 100_001; ) {
                int count = Math.min(100_001 - frame, 1 + frame % 5000);
                file.write(stereo, frame, count);
                frame += count;
            }
        }

        assertThat(WavReader.read(path)).hasSameSizeAs(stereo).satisfies(read -> {
            for (int i = 0; i < stereo.length; i++) {
                assertThat(read[i]).isCloseTo(stereo[i], within(STEP / 2 + 1e-6f));
            }
        });
    }

    @Test
    void shouldBeValidWhenTheWriterIsKilled() throws IOException, UnsupportedAudioFileException {
        Path path = folder.resolve("killed.wav");
        WavFile file = new WavFile(path, 48_000);
        assertThat(WavReader.read(path)).isEmpty();
        float[] stereo = noise(256);
        for (int i = 0; i < 500; i++) {
            file.write(stereo, 0, 256);
        }

        // Nothing closed it, as after a kill.
        assertThat(WavReader.read(path).length / 2).isBetween(500 * 256 - 48_000, 500 * 256);
        file.close();
        assertThat(WavReader.read(path)).hasSize(2 * 500 * 256);
    }

    @Test
    void shouldClipAndKeepZeroExact() {
        assertThat(WavFile.sample(0f)).isZero();
        assertThat(WavFile.sample(-0f)).isZero();
        assertThat(WavFile.sample(2f)).isEqualTo((short) 32767);
        assertThat(WavFile.sample(-2f)).isEqualTo((short) -32767);
    }

    @Test
    void shouldAllocateNothingPerWrite() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] stereo = noise(256);
        long allocated = Long.MAX_VALUE;
        try (WavFile file = new WavFile(folder.resolve("b.wav"), 48_000)) {
            for (int round = 0; round < 3; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 2000; i++) {
                    file.write(stereo, 0, 256);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
        }

        assertThat(allocated).isLessThan(1000);
    }

    @Test
    void shouldRefuseFolderThatIsNotThere() {
        assertThatThrownBy(() -> new WavFile(folder.resolve("no/such/a.wav"), 48_000))
                .isInstanceOf(IOException.class);
    }

    private static float[] noise(int frames) {
        Random random = new Random(1);
        float[] stereo = new float[2 * frames];
        for (int i = 0; i < stereo.length; i++) {
            stereo[i] = random.nextFloat() * 2 - 1;
        }
        return stereo;
    }
}

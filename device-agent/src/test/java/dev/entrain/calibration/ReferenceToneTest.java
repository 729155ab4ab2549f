package dev.entrain.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.wav.WavOpener;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReferenceToneTest {
    private static final int WAV_HEADER_BYTES = 44;
    private static final int RATE_HZ = 48_000;

    @TempDir
    Path dir;

    @Test
    @Timeout(30)
    void shouldGrowSlowlyToItsLevelAndFadeAtTheEnd() throws IOException, AudioException {
        // A clock that runs ahead with every look, so that the paced file need not be waited for.
        AtomicLong timeNs = new AtomicLong(1);
        NanoClock clock = () -> timeNs.addAndGet(6_000_000L);
        try (ReferenceTone tone = new ReferenceTone(new WavOpener(dir.resolve("tone.wav"), clock), -40)) {
            tone.start();
            while (!tone.steady() || timeNs.get() < 8_000_000_000L) {
                Thread.onSpinWait();
            }
            assertThat(tone.failure()).isEmpty();
        }
        // The first file belongs to the look whether the output opens at all.
        byte[] wav = Files.readAllBytes(dir.resolve("tone-2.wav"));
        ByteBuffer frames = ByteBuffer.wrap(wav)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(WAV_HEADER_BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        int count = frames.remaining() / 4;
        double[] sound = new double[count];
        for (int i = 0; i < count; i++) {
            sound[i] = frames.getShort(4 * i) / 32768.0;
        }
        assertThat(levelDbfs(sound, 0)).isLessThan(-70);
        assertThat(levelDbfs(sound, 2 * RATE_HZ)).isBetween(-61.0, -49.0);
        assertThat(levelDbfs(sound, 5 * RATE_HZ)).isCloseTo(-40, within(0.1));
        assertThat(sound[count - 1]).isZero();
        assertThat(sound[count - 100]).isZero();
    }

    @Test
    void shouldTellAtOnceThatTheOutputCannotBeOpened() {
        AudioOpener none = new AudioOpener() {
            @Override
            public AudioOutput open() throws AudioException {
                throw new AudioException("There is no sound card. Plug one in.");
            }

            @Override
            public String describe() {
                return "nothing";
            }
        };
        try (ReferenceTone tone = new ReferenceTone(none, -40)) {
            assertThatThrownBy(tone::start).hasMessageContaining("Plug one in");
        }
    }

    /** The level of a second, dB below a full-scale sine. */
    private static double levelDbfs(double[] sound, int from) {
        double sum = 0;
        for (int i = from; i < from + RATE_HZ; i++) {
            sum += sound[i] * sound[i];
        }
        return 10 * Math.log10(2 * sum / RATE_HZ);
    }
}

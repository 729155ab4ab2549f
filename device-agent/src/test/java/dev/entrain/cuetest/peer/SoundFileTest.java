package dev.entrain.cuetest.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.audio.wav.WavFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFileTest {
    private static final int[] PLANTED = {700, 24_443, 48_187};

    @TempDir
    private Path folder;

    @Test
    void shouldFindOnsetsInOurOwnWavFile() throws IOException {
        Path path = folder.resolve("ours.wav");
        float[] mono = planted();
        float[] stereo = new float[2 * mono.length];
        for (int i = 0; i < mono.length; i++) {
            stereo[2 * i + (i < 20_000 ? 0 : 1)] = mono[i];
        }
        try (WavFile file = new WavFile(path, 48_000)) {
            file.write(stereo, 0, mono.length);
        }

        assertFound(SoundFile.wav(path));
    }

    @Test
    void shouldFindOnsetsInFloatsBehindAChunkItDoesNotKnow() throws IOException {
        assertFound(SoundFile.wav(wav(3, 32, 0xFFFF_FFFF)));
    }

    @Test
    void shouldFindOnsetsIn32BitWhoseRecorderWasEndedBeforeItWroteTheLength() throws IOException {
        assertFound(SoundFile.wav(wav(1, 32, 0)));
    }

    @Test
    void shouldFindOnsetsInBareFrames() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(60_000 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : planted()) {
            bytes.putShort((short) Math.round(value * Short.MAX_VALUE)).putShort((short) 0);
        }
        Path path = Files.write(folder.resolve("bare.raw"), bytes.array());

        assertFound(SoundFile.raw(path, 48_000, 2));
    }

    @Test
    void shouldHearNothingInSilence() throws IOException {
        Path path = Files.write(folder.resolve("silent.raw"), new byte[48_000]);

        assertThat(SoundFile.raw(path, 48_000, 2).onsets()).isEmpty();
    }

    @Test
    void shouldNameFileAndRemedyForWhatItCannotRead() throws IOException {
        Path text = Files.writeString(folder.resolve("text.wav"), "this is a text and no sound at all");
        Path bits = wav(1, 24, 0);
        Path cut = Files.write(folder.resolve("cut.wav"), new byte[] {'R', 'I', 'F', 'F'});

        assertThatThrownBy(() -> SoundFile.wav(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.wav: is no WAV");
        assertThatThrownBy(() -> SoundFile.wav(bits))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("record 16 bit PCM");
        assertThatThrownBy(() -> SoundFile.wav(cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("record again");
    }

    private static void assertFound(SoundFile sound) throws IOException {
        double[] found = sound.onsets();
        assertThat(found).hasSize(PLANTED.length);
        for (int i = 0; i < PLANTED.length; i++) {
            assertThat(found[i]).isCloseTo(PLANTED[i], within(1.0));
        }
    }

    private static float[] planted() {
        float[] mono = new float[60_000];
        for (int onset : PLANTED) {
            for (int i = 0; i < 2_000; i++) {
                mono[onset + i] = (float) (0.3 * Math.exp(-i / 500.0) * Math.cos(i * 0.1));
            }
        }
        return mono;
    }

    /** Writes mono sound of 32 bit behind a chunk of odd length. */
    private Path wav(int kind, int bits, int length) throws IOException {
        float[] mono = planted();
        ByteBuffer bytes = ByteBuffer.allocate(100 + 4 * mono.length).order(ByteOrder.LITTLE_ENDIAN);
        name(bytes, "RIFF").putInt(0);
        name(name(bytes, "WAVE"), "LIST").putInt(3).put(new byte[4]);
        name(bytes, "fmt ")
                .putInt(16)
                .putShort((short) kind)
                .putShort((short) 1)
                .putInt(48_000);
        bytes.putInt(192_000).putShort((short) 4).putShort((short) bits);
        name(bytes, "data").putInt(length);
        for (float value : mono) {
            bytes.putInt(kind == 3 ? Float.floatToIntBits(value) : (int) (value * Integer.MAX_VALUE));
        }
        byte[] whole = new byte[bytes.position()];
        bytes.get(0, whole);
        return Files.write(folder.resolve("made-" + kind + "-" + bits + ".wav"), whole);
    }

    private static ByteBuffer name(ByteBuffer bytes, String name) {
        return bytes.put(name.getBytes(StandardCharsets.US_ASCII));
    }
}

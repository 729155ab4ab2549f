package dev.entrain.music.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;
import dev.entrain.music.decode.SoundFiles.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SndFileReadersTest {
    private static final double LEVEL = 0.5;

    @TempDir
    Path folder;

    private SndFileReaders readers;

    @BeforeEach
    void load() throws Exception {
        readers = new SndFileReaders();
    }

    @ParameterizedTest
    @CsvSource({
        "WAV, 44100, 2",
        "WAV, 8000, 1",
        "WAV_24, 96000, 2",
        "WAV, 44100, 6",
        "FLAC, 44100, 2",
        "FLAC_24, 96000, 1",
        "OGG, 44100, 2",
        "OPUS, 48000, 2",
        "MP3, 44100, 2",
        "MP3, 22050, 1"
    })
    void shouldReadEveryKindItPromises(Kind kind, int rateHz, int channels) throws Exception {
        Path file = SoundFiles.write(
                folder.resolve("a." + kind), kind, rateHz, channels, SoundFiles.tone(rateHz, channels, 2, LEVEL));
        try (SoundReader reader = readers.open(file)) {
            assertThat(reader.rateHz()).isEqualTo(rateHz);
            assertThat(reader.channels()).isEqualTo(channels);
            assertThat((double) reader.frames() / rateHz).isEqualTo(2, within(0.1));
            float[] all = readAll(reader);
            assertThat(all.length / channels).isEqualTo((int) reader.frames());
            // The middle second: encoders fade in and out.
            assertThat(rms(all, all.length / 4, all.length * 3 / 4)).isEqualTo(LEVEL / Math.sqrt(2), within(0.02));
        }
    }

    @ParameterizedTest
    @CsvSource({"WAV, 0", "FLAC, 0", "OGG, 3000", "OPUS, 4000", "MP3, 3000"})
    void shouldGoToAnExactFrame(Kind kind, int settling) throws Exception {
        int rateHz = kind == Kind.OPUS ? 48_000 : 44_100;
        float[] sound = SoundFiles.strokes(rateHz, 1, 6, 100, 1);
        Path file = SoundFiles.write(folder.resolve("a." + kind), kind, rateHz, 1, sound);
        try (SoundReader reader = readers.open(file)) {
            float[] all = readAll(reader);
            float[] some = new float[30_000];
            for (int frame : new int[] {100_000, 3, 44_100, 170_000}) {
                reader.seek(frame);
                assertThat(reader.read(some, 30_000)).isEqualTo(30_000);
                assertThat(difference(some, settling, all, frame))
                        .as("from frame " + frame)
                        .isLessThanOrEqualTo(1e-3);
            }
        }
    }

    @Test
    void shouldTellTitleAndArtistWhereAFileHasThem() throws Exception {
        float[] tone = SoundFiles.tone(44_100, 1, 1, LEVEL);
        Path tagged = SoundFiles.write(folder.resolve("a.flac"), Kind.FLAC, 44_100, 1, tone, "Für Elise", "L. v. B.");
        assertThat(readers.tags(tagged)).isEqualTo(new SndFileReaders.Tags("Für Elise", "L. v. B."));
        Path plain = SoundFiles.write(folder.resolve("b.wav"), Kind.WAV, 44_100, 1, tone);
        assertThat(readers.tags(plain)).isEqualTo(new SndFileReaders.Tags("", ""));
    }

    @Test
    void shouldRefuseOtherMusicWithTheCommandThatConvertsIt() throws Exception {
        assertRefused(bytes("it's.m4a", 0, 0, 0, 32, 'f', 't', 'y', 'p', 'M', '4', 'A', ' '), "MPEG-4")
                .hasMessageContaining("ffmpeg -i 'it'\\''s.m4a' 'it'\\''s.flac'");
        assertRefused(bytes("a.aac", 0xFF, 0xF1, 0x50, 0x80), "AAC").hasMessageContaining("ffmpeg -i 'a.aac' 'a.flac'");
        assertRefused(bytes("a.wma", 0x30, 0x26, 0xB2, 0x75), "Windows Media").hasMessageContaining("ffmpeg");
        Path sun = SoundFiles.write(folder.resolve("a.au"), Kind.AU, 44_100, 1, SoundFiles.tone(44_100, 1, 1, LEVEL));
        assertRefused(sun, "of a kind this unit does not play").hasMessageContaining("ffmpeg");
    }

    @Test
    void shouldRefuseWhatIsNoMusic() throws Exception {
        assertRefused(bytes("empty.mp3"), "is empty");
        Path text = Files.writeString(folder.resolve("notes.flac"), "Dear patient,\nyour songs are on the stick.\n");
        assertRefused(text, "is a text").hasMessageContaining("wav, flac, ogg, opus or mp3");
        byte[] noise = new byte[200_000];
        new Random(3).nextBytes(noise);
        noise[0] = 7;
        assertRefused(Files.write(folder.resolve("noise.mp3"), noise), "no sound this unit knows");
        assertRefused(folder, "is no file");
        assertRefused(folder.resolve("none.wav"), "no such file");
    }

    @Test
    void shouldRefuseABeginningOfAFileAndSayItIsCut() throws Exception {
        for (Kind kind : List.of(Kind.FLAC, Kind.OGG)) {
            Path whole = SoundFiles.write(
                    folder.resolve("a." + kind), kind, 44_100, 1, SoundFiles.strokes(44_100, 1, 4, 100, 1));
            byte[] bytes = Files.readAllBytes(whole);
            assertRefused(Files.write(folder.resolve("stub." + kind), Arrays.copyOf(bytes, 30)), "cut off");
        }
        Path ogg = folder.resolve("a.OGG");
        byte[] bytes = Files.readAllBytes(ogg);
        assertRefused(Files.write(folder.resolve("half.ogg"), Arrays.copyOf(bytes, bytes.length / 2)), "cut off");
    }

    @ParameterizedTest
    @CsvSource({"WAV", "FLAC", "OGG", "OPUS", "MP3"})
    void shouldReadADamagedFileAsFarAsItGoes(Kind kind) throws Exception {
        float[] sound = SoundFiles.strokes(48_000, 2, 20, 100, 1);
        Path file = SoundFiles.write(folder.resolve("a." + kind), kind, 48_000, 2, sound);
        byte[] bytes = Files.readAllBytes(file);
        byte[] noise = new byte[Math.min(20_000, bytes.length / 5)];
        new Random(1).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, bytes.length / 2, noise.length);
        Files.write(file, bytes);
        try (SoundReader reader = readers.open(file)) {
            float[] all = readAll(reader);
            assertThat(all.length).isBetween(sound.length / 3, sound.length + 48_000);
            assertThat(rms(all, 0, all.length / 3)).isGreaterThan(0.01);
        }
    }

    @Test
    void shouldSayWhichPackageIsMissing() {
        assertThatThrownBy(() -> new SndFileReaders("libnone.so.1"))
                .isInstanceOf(MusicException.class)
                .hasMessageContaining("libnone.so.1")
                .hasMessageContaining("apt-get install libsndfile1");
    }

    @Test
    void shouldNotReadOnceClosed() throws Exception {
        Path file =
                SoundFiles.write(folder.resolve("a.wav"), Kind.WAV, 44_100, 1, SoundFiles.tone(44_100, 1, 1, LEVEL));
        SoundReader reader = readers.open(file);
        reader.close();
        reader.close();
        assertThatThrownBy(() -> reader.read(new float[10], 10)).isInstanceOf(MusicException.class);
        assertThatThrownBy(() -> reader.seek(0)).isInstanceOf(MusicException.class);
    }

    @Test
    void shouldSumTheParts() throws Exception {
        float[] low = SoundFiles.tone(44_100, 1, 1, 0.2);
        float[] wide = SoundFiles.tone(44_100, 2, 1.2, 0.3);
        List<Path> files = List.of(
                SoundFiles.write(folder.resolve("bass.wav"), Kind.WAV, 44_100, 1, low),
                SoundFiles.write(folder.resolve("drums.wav"), Kind.WAV, 44_100, 2, wide));
        try (SoundReader reader = MixedReader.open(readers, files)) {
            assertThat(reader.channels()).isEqualTo(2);
            assertThat(reader.frames()).isEqualTo(52_920);
            float[] all = readAll(reader);
            assertThat(all).hasSize(2 * 52_920);
            for (int frame : new int[] {25, 30_000, 50_000}) {
                float expected = (frame < low.length ? low[frame] : 0) + wide[2 * frame];
                assertThat(all[2 * frame]).isEqualTo(expected, within(1e-3f));
                assertThat(all[2 * frame + 1]).isEqualTo(expected, within(1e-3f));
            }
        }
        files = List.of(
                files.getFirst(),
                SoundFiles.write(
                        folder.resolve("melody.wav"), Kind.WAV, 48_000, 1, SoundFiles.tone(48_000, 1, 1, LEVEL)));
        List<Path> odd = files;
        assertThatThrownBy(() -> MixedReader.open(readers, odd))
                .isInstanceOf(MusicException.class)
                .hasMessageContaining("48000 samples a second, but the first part has 44100");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path file, String why) {
        return assertThatThrownBy(() -> readers.open(file))
                .isInstanceOf(MusicException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(why);
    }

    private Path bytes(String name, int... values) throws Exception {
        byte[] bytes = new byte[values.length == 0 ? 0 : 600];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Files.write(folder.resolve(name), bytes);
    }

    private static float[] readAll(SoundReader reader) throws Exception {
        float[] all = new float[0];
        float[] block = new float[10_007 * reader.channels()];
        int got;
        while ((got = reader.read(block, 10_007)) > 0) { // Ends with the file.
            int from = all.length;
            all = Arrays.copyOf(all, from + got * reader.channels());
            System.arraycopy(block, 0, all, from, got * reader.channels());
        }
        return all;
    }

    private static double rms(float[] sound, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += sound[i] * sound[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    private static double difference(float[] some, int settling, float[] all, int from) {
        double most = 0;
        for (int i = settling; i < some.length; i++) {
            most = Math.max(most, Math.abs(some[i] - all[from + i]));
        }
        return most;
    }
}

package dev.entrain.sensor.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    private static final String ROW = "0.01000,L,1,0,0,9.81,0,0,0\n";

    @TempDir
    Path dir;

    @Test
    void shouldReadBackExactlyWhatWasWritten() throws IOException {
        Path file = dir.resolve("recording.csv");
        long originNs = 123_456_789_012_345L;
        Random random = new Random(1);
        ImuSample[] written = new ImuSample[2000];
        try (RecordingWriter writer = new RecordingWriter(file, Map.of("rate_hz", "104.5"), originNs)) {
            for (int i = 0; i < written.length; i++) {
                ImuSample s = new ImuSample();
                s.foot = Foot.of(i % 2);
                s.timeNs = originNs + i * 4_807_692L + random.nextInt(1000);
                s.seq = i * 1_234_567;
                s.axMps2 = random.nextGaussian() * 50;
                s.ayMps2 = -random.nextDouble() * 1e-3;
                s.azMps2 = random.nextGaussian() * 160;
                s.gxRadps = random.nextGaussian() * 20;
                s.gyRadps = random.nextGaussian() * 1e-4;
                s.gzRadps = random.nextGaussian();
                s.roundToGrid(originNs);
                written[i] = s;
                writer.write(s);
            }
        }
        try (RecordingReader reader = new RecordingReader(file)) {
            assertThat(reader.originNs()).isEqualTo(originNs);
            assertThat(reader.rateHz()).isEqualTo(104.5);
            List<ImuSample> read = reader.readAll();
            assertThat(read).usingRecursiveFieldByFieldElementComparator().containsExactly(written);
            assertThat(reader.truncation()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0.5",
                "12.25",
                "+3",
                "123456789012345",
                "0.1",
                "9.80665",
                "-0.00001",
                "12345678901234567",
                "1e-3",
                "-2.5E+2",
                "0.000000000000000000000000001"
            })
    void shouldParseDecimalsAsTheLibraryDoes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(new DecimalParser().parse(bytes, 0, bytes.length)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "1f", "0x10", "1.2.3", "abc", "1e", "--1"})
    void shouldRefuseWhatIsNoDecimal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(new DecimalParser().parse(bytes, 0, bytes.length)).isNaN();
    }

    @Test
    void shouldUseEveryWholeRowOfATruncatedFile() throws IOException {
        Path file = write(ROW + "0.02000,L,2,0,0,9.8");
        try (RecordingReader reader = new RecordingReader(file)) {
            assertThat(reader.readAll()).hasSize(1);
            assertThat(reader.truncation()).contains(":3:").contains("middle of a row");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.02,L,2,0,0,9.8,0,0|expected 9 fields",
                "0.02,X,2,0,0,9.8,0,0,0|foot L or R",
                "x,L,2,0,0,9.8,0,0,0|t_s in seconds",
                "0.02,L,2.5,0,0,9.8,0,0,0|seq as a whole number",
                "0.02,L,2,0,0,,0,0,0|six numbers",
                "0.02,L,2,0,0,NaN,0,0,0|six numbers",
                "0.02,L,2,0,0,9.8,1e30,0,0|six numbers",
                "0.02,L,2,0,0,9810,0,0,0|six numbers",
                "0.01,L,2,0,0,9.8,0,0,0|time does not go on",
            })
    void shouldNameFileLineAndExpectation(String row, String expected) throws IOException {
        Path file = write(ROW + row + "\n");
        try (RecordingReader reader = new RecordingReader(file)) {
            assertThatThrownBy(reader::readAll)
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("recording.csv:3:")
                    .hasMessageContaining(expected);
        }
    }

    @Test
    void shouldSayWhenAFileIsNoRecording() throws IOException {
        Path file = Files.writeString(dir.resolve("song.wav"), "RIFF\u0001\u0002WAVEfmt\nmore");
        assertThatThrownBy(() -> new RecordingReader(file).close()).hasMessageContaining("not a recording");
        assertThatThrownBy(() -> new RecordingReader(dir.resolve("none.csv")).close())
                .hasMessageContaining("no such file");
        Path endless = Files.write(dir.resolve("endless"), new byte[10_000]);
        assertThatThrownBy(() -> new RecordingReader(endless).close()).hasMessageContaining("not a recording");
    }

    @Test
    void shouldKeepTheRecordingOfTheWalkBefore() throws IOException {
        for (int walk = 0; walk < 3; walk++) {
            RecordingWriter.start(dir.resolve("walks"), "unit-1", 5, () -> Instant.EPOCH)
                    .close();
        }
        for (String name : List.of("recording.csv", "recording-2.csv", "recording-3.csv")) {
            try (RecordingReader reader =
                    new RecordingReader(dir.resolve("walks").resolve(name))) {
                assertThat(reader.header())
                        .containsEntry("unit", "unit-1")
                        .containsEntry("started_utc", "1970-01-01T00:00:00Z");
                assertThat(reader.originNs()).isEqualTo(5);
            }
        }
    }

    private Path write(String rows) throws IOException {
        return Files.writeString(dir.resolve("recording.csv"), RecordingReader.COLUMNS + "\n" + rows);
    }
}

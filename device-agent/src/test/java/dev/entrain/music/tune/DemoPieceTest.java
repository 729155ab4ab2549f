package dev.entrain.music.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.loudness.LoudnessMeter;
import dev.entrain.music.loudness.LoudnessMeters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written, and what becomes of it in sound. */
class DemoPieceTest {
    private static final int RATE_HZ = 48_000;

    /** The first 6 s of each, as samples of 16 bit; another value is another piece of music. */
    private static final Map<DemoPiece, String> SOUND = Map.of(
            DemoPiece.MORNING_PATH, "db2ef53c90d829d5",
            DemoPiece.OPEN_WINDOW, "6750f25d884d941d",
            DemoPiece.LATE_TRAM, "ca9a6d56ee680d6f",
            DemoPiece.CITY_LIGHTS, "858328a9d17c9819");

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource
    void shouldLastOneToTwoMinutesInWholeBars(DemoPiece piece) {
        Score score = piece.score();
        assertThat((double) score.frames() / RATE_HZ).isBetween(60.0, 120.0);
        assertThat(score.beats() % score.beatsPerBar()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldPlayEveryBeatOnItsFrameWithoutAddingUpErrors(DemoPiece piece) {
        BeatGrid grid = piece.grid();
        for (int i = 0; i < grid.count(); i++) {
            double exactS = Score.LEAD_S + i * 60 / grid.bpm();
            assertThat(grid.beatS(i)).isCloseTo(exactS, within(0.5 / RATE_HZ));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSingChordTonesOnStrongBeats(DemoPiece piece) {
        Score score = piece.score();
        for (Line line : score.lines()) {
            if (line.stem().equals(DemoPiece.MELODY)) {
                for (Note note : line.notes()) {
                    if (note.beat() % 2 == 0) {
                        Chord chord = score.chords().get((int) note.beat());
                        assertThat(chord.holds(note.midi()))
                                .as("%s at beat %s over %s", note.midi(), note.beat(), chord)
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStayWithinThePieceAndWithinReach(DemoPiece piece) {
        Score score = piece.score();
        for (Line line : score.lines()) {
            for (Note note : line.notes()) {
                assertThat(note.beat()).isBetween(0.0, score.beats() - 0.25);
                assertThat(note.strength()).isBetween(0.3, 1.0);
                if (!line.stem().equals(DemoPiece.DRUMS)) {
                    assertThat(note.midi()).isBetween(28, 100);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeTheSameBitsOnEveryMachine(DemoPiece piece) throws Exception {
        Score score = piece.score();
        List<String> stems = DemoPiece.stems(score);
        TuneRenderer renderer = new TuneRenderer(score, stems);
        int frames = 6 * RATE_HZ;
        double[][] out = new double[stems.size()][frames];
        renderer.render(out, frames);
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * frames);
        for (int i = 0; i < frames; i++) {
            double sum = 0;
            for (double[] stem : out) {
                sum += stem[i];
            }
            bytes.putShort((short) Math.round(32767 * piece.level() * sum));
        }
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        assertThat(hash.substring(0, 16)).isEqualTo(SOUND.get(piece));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAsLoudAsTheOthersAndNeverClip(DemoPiece piece) throws Exception {
        Score score = piece.score();
        TuneRenderer renderer = new TuneRenderer(score, DemoPiece.stems(score));
        double[][] out = new double[DemoPiece.stems(score).size()][RATE_HZ];
        float[] mix = new float[RATE_HZ];
        try (LoudnessMeter meter = new LoudnessMeters().open(RATE_HZ, 1)) {
            while (renderer.left() > 0) {
                int frames = Math.min(RATE_HZ, renderer.left());
                renderer.render(out, frames);
                for (int i = 0; i < frames; i++) {
                    double sum = 0;
                    for (double[] stem : out) {
                        sum += stem[i];
                    }
                    mix[i] = (float) (piece.level() * sum);
                }
                meter.add(mix, frames);
            }
            assertThat(meter.lufs()).isCloseTo(-18, within(0.3));
            assertThat(meter.truePeakDb()).isLessThan(-1);
        }
    }

    @Test
    void shouldBeginEachNoteOnItsVeryFrame() {
        for (Drum drum : Drum.values()) {
            Line line = new Line(DemoPiece.DRUMS, 0, 0, drum, Notation.strokes("x...", 16));
            Score score = new Score(101.3, 4, Notation.chords("C | C | C | C", 4), List.of(line));
            double[][] out = new double[1][score.frames()];
            new TuneRenderer(score, List.of(DemoPiece.DRUMS)).render(out, score.frames());
            for (int beat = 0; beat < 2; beat++) {
                int frame = score.frame(beat);
                int quietFrom = beat == 0 ? 0 : frame - 1;
                boolean over = out[0][frame - 1] == 0; // Long drums still sound at the next beat.
                for (int i = quietFrom; i < frame && (beat == 0 || over); i++) {
                    assertThat(out[0][i]).as("%s, frame %s", drum, i).isZero();
                }
                assertThat(Math.abs(out[0][frame])).as("%s", drum).isGreaterThan(1e-4);
            }
        }
    }

    @Test
    void shouldAddUpFromItsPartsWhateverTheBlocks() {
        Score score = DemoPiece.OPEN_WINDOW.score();
        List<String> stems = DemoPiece.stems(score);
        TuneRenderer whole = new TuneRenderer(score, stems);
        TuneRenderer pieces = new TuneRenderer(score, stems);
        int frames = 2 * RATE_HZ;
        double[][] once = new double[stems.size()][frames];
        whole.render(once, frames);
        double[][] block = new double[stems.size()][1000];
        for (int from = 0; from < frames; from += 1000) {
            pieces.render(block, 1000);
            for (int stem = 0; stem < stems.size(); stem++) {
                for (int i = 0; i < 1000; i += 97) {
                    assertThat(block[stem][i]).isEqualTo(once[stem][from + i]);
                }
            }
        }
    }

    @Test
    void shouldWriteAFileThatOthersReadAndItsBeats() throws Exception {
        DemoMusic.Rendered made = DemoMusic.write(dir, DemoPiece.MORNING_PATH, false);
        byte[] bytes = Files.readAllBytes(made.place());
        String head = new String(bytes, 0, 128, StandardCharsets.US_ASCII);
        assertThat(head).startsWith("RIFF").contains("WAVEfmt ", "Morning Path", "Entrain", "data");
        assertThat(made.peak()).isBetween(0.3, 0.89);
        List<String> beats = Files.readAllLines(dir.resolve("morning-path.beats.csv"));
        assertThat(beats).hasSize(1 + DemoPiece.MORNING_PATH.grid().count());
        assertThat(beats.get(1)).isEqualTo("0.500000000,24000,1");
    }
}

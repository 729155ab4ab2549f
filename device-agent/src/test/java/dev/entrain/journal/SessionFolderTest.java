package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.outcome.SessionData;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFolderTest {
    private static final Instant START = Instant.parse("2026-11-22T09:30:00Z");
    private static final long ORIGIN_NS = 5_000_000_000_000L;
    private static final Moment NOW = new Moment(ORIGIN_NS, START, "boot");

    @TempDir
    Path dir;

    private final SessionRecord slot = new SessionRecord();

    private static SessionData data() {
        return new SessionData(
                "ab12",
                "short",
                "stroke",
                START,
                98.765432,
                true,
                List.of(new SessionData.BlockSpan(0, Block.Kind.BASELINE, 0, 60.5, Double.NaN)),
                List.of(new SessionData.Step(1.25, Foot.LEFT, 0.9), new SessionData.Step(1.85, Foot.RIGHT, 0.95)),
                List.of(new SessionData.Cue(1, 61.000001, 0.6, Foot.RIGHT)),
                List.of(new SessionData.Stride(Foot.LEFT, 1.5, 2.7, 1.2, 0.6, Double.NaN, 1.1, 0.9)),
                List.of(new SessionData.Freeze(30.0, 30.8, 33.0)),
                List.of(
                        new SessionData.Event(0, SessionEvent.Kind.STARTED, -1, Double.NaN, Double.NaN, null, null),
                        new SessionData.Event(70, SessionEvent.Kind.RULE, 0, 98.7, 2, SafetyRule.NEAR_FALL, null),
                        new SessionData.Event(
                                80,
                                SessionEvent.Kind.ENDED,
                                0,
                                Double.NaN,
                                Double.NaN,
                                null,
                                SessionEvent.End.PATIENT)));
    }

    private Path written() throws IOException {
        Path folder = dir.resolve(SessionFiles.SESSIONS).resolve(SessionFiles.folderName(START, "ab12"));
        SessionFiles.write(folder, data(), "name = \"short\"\n");
        return folder;
    }

    @Test
    void shouldReadBackWhatWasWritten() throws IOException {
        Path folder = written();

        assertThat(folder.getFileName()).hasToString("20261122T093000Z-ab12");
        assertThat(SessionFolder.read(folder)).isEqualTo(data());
        assertThat(SessionFolder.header(folder).end()).isEqualTo(SessionEvent.End.PATIENT);
        assertThat(folder.resolve("programme.toml")).hasContent("name = \"short\"\n");
        assertThat(SessionFolder.list(dir.resolve(SessionFiles.SESSIONS))).containsExactly(folder);
        assertThat(SessionFolder.interrupted(dir.resolve(SessionFiles.SESSIONS)))
                .isNull();
    }

    /** Every format ever written stays readable: this folder was written by a live unit with emulated insoles. */
    @Test
    void shouldReadTheFirstFormat() throws IOException {
        SessionData read = SessionFolder.read(
                Path.of("src/test/resources/dev/entrain/journal/session-format-1"),
                notice -> assertThat(notice).isNull());
        assertThat(read.id()).isEqualTo("cf73e6021fe3");
        assertThat(read.blocks())
                .extracting(SessionData.BlockSpan::kind)
                .containsExactly(Block.Kind.BASELINE, Block.Kind.MATCH, Block.Kind.MATCH);
        assertThat(read.steps()).hasSize(49);
        assertThat(read.cues()).hasSize(21);
        assertThat(read.events().getLast().end()).isEqualTo(SessionEvent.End.COMPLETED);
    }

    @Test
    void shouldNameFileLineExpectationAndAdviceOfADamagedRow() throws IOException {
        Path folder = written();
        Files.writeString(folder.resolve("steps.csv"), "time_s,foot,confidence\n1.000000,X,0.5\n");

        assertThatThrownBy(() -> SessionFolder.read(folder))
                .isInstanceOf(SessionException.class)
                .hasMessageContainingAll("steps.csv:2", "foot is 'X'", "expected L or R", "correct or remove");
    }

    @Test
    void shouldNameAMissingFileAndAnUnknownFormat() throws IOException {
        Path folder = written();
        Files.delete(folder.resolve("cues.csv"));
        assertThatThrownBy(() -> SessionFolder.read(folder)).hasMessageContainingAll("cues.csv: missing", "copy");

        Files.writeString(folder.resolve("session.json"), "{\"format\": 9}");
        assertThatThrownBy(() -> SessionFolder.read(folder)).hasMessageContainingAll("format is 9", "expected 1");
        assertThatThrownBy(() -> SessionFolder.read(dir)).hasMessageContaining("no session.json");
    }

    @ParameterizedTest
    @CsvSource({
        "ab12, ../../x, id",
        "ab12, '', id",
        "short, a/b, programme",
        "stroke, <b>, condition",
        "stroke, UPPER, condition"
    })
    void shouldRefuseAHeaderWhoseWordsCouldBePathsOrMarkup(String right, String wrong, String field)
            throws IOException {
        Path folder = written();
        Path header = folder.resolve("session.json");
        Files.writeString(header, Files.readString(header).replace("\"" + right + "\"", "\"" + wrong + "\""));

        assertThatThrownBy(() -> SessionFolder.read(folder))
                .isInstanceOf(SessionException.class)
                .hasMessageContainingAll("session.json: " + field + " is \"" + wrong, "expected", "copy");
    }

    @Test
    void shouldNeverOverwriteASession() throws IOException {
        Path folder = written();

        assertThatThrownBy(() -> SessionFiles.write(folder, data(), "name = \"other\"\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(folder.toString(), "a session already", "--out", "remove");
        assertThat(folder.resolve("programme.toml")).hasContent("name = \"short\"\n");
    }

    @Test
    void shouldLeaveOutATornLastLineAndSaySo() throws IOException {
        Path folder = written();
        Files.writeString(folder.resolve("steps.csv"), "2.450000,L,0.9", StandardOpenOption.APPEND);
        List<String> notices = new ArrayList<>();

        SessionData read = SessionFolder.read(folder, notices::add);

        assertThat(read.steps()).isEqualTo(data().steps());
        assertThat(notices).singleElement().asString().contains("steps.csv:4", "not finished");
    }

    private SessionWriter begin(Path folder) throws IOException {
        return SessionWriter.begin(
                folder,
                new SessionHeader("cd34", "short", "stroke", START, Double.NaN, false, null, null),
                "x",
                ORIGIN_NS);
    }

    private static long ns(double s) {
        return ORIGIN_NS + Math.round(s * 1e9);
    }

    private void step(SessionWriter writer, Foot foot, double s) throws IOException {
        slot.setStep(foot, ns(s), ns(s + 0.05), 0.9);
        writer.take(slot, NOW);
    }

    private void cue(SessionWriter writer, long id, double onsetS, double decidedS) throws IOException {
        slot.setCue(Foot.LEFT, id, ns(onsetS), ns(decidedS), 600_000_000);
        writer.take(slot, NOW);
    }

    private void event(SessionWriter writer, SessionEvent.Kind kind, double s, SessionEvent.@Nullable End end)
            throws IOException {
        SessionEvent event = new SessionEvent();
        event.kind = kind;
        event.timeNs = ns(s);
        event.block = Block.Kind.MATCH;
        event.blockIndex = 1;
        event.targetSpm = 100;
        event.levelPct = 0;
        event.baselineSpm = 100.25;
        event.end = end;
        slot.setEvent(event);
        writer.take(slot, NOW);
    }

    @Test
    void shouldKeepAContactAtItsRevisedTime() throws IOException {
        Path folder = dir.resolve("s");
        try (SessionWriter writer = begin(folder)) {
            step(writer, Foot.LEFT, 1.0);
            writer.settle(ns(1.5));
            slot.setRevised(Foot.LEFT, ns(1.0), ns(1.2), ns(1.5));
            writer.take(slot, NOW);
            writer.settle(ns(3));
            writer.flush();
            assertThat(SessionFolder.read(folder).steps()).containsExactly(new SessionData.Step(1.2, Foot.LEFT, 0.9));
        }
    }

    @Test
    void shouldTakeBackBeatsAfterASilenceInEitherOrderOfTelling() throws IOException {
        Path folder = dir.resolve("s");
        try (SessionWriter writer = begin(folder)) {
            cue(writer, 1, 1.0, 0.85);
            cue(writer, 2, 1.6, 1.45);
            slot.setSilence(ns(1.5), ns(1.5));
            writer.take(slot, NOW);
            cue(writer, 3, 1.65, 1.46);
            cue(writer, 4, 9.0, 8.85);
        }
        assertThat(SessionFolder.read(folder).cues())
                .extracting(SessionData.Cue::id)
                .containsExactly(1L, 4L);
    }

    @Test
    void shouldBeReadableInMidSessionWithTheOpenBlockUpToTheLastThingKnown() throws IOException {
        Path folder = dir.resolve("s");
        try (SessionWriter writer = begin(folder)) {
            event(writer, SessionEvent.Kind.STARTED, 0, null);
            event(writer, SessionEvent.Kind.BLOCK_STARTED, 0, null);
            step(writer, Foot.LEFT, 7.5);
            writer.settle(ns(9));
            writer.flush();

            SessionData read = SessionFolder.read(folder);
            assertThat(read.blocks()).containsExactly(new SessionData.BlockSpan(1, Block.Kind.MATCH, 0, 7.5, 0));
            assertThat(read.baselineSpm()).isEqualTo(100.25);
            assertThat(SessionFolder.header(folder).end()).isNull();
        }
    }

    @Test
    void shouldGoOnAfterARestartWhereAPowerCutToreALine() throws IOException {
        Path folder = dir.resolve(SessionFiles.SESSIONS).resolve("s");
        SessionState state = new SessionState("short", 7, 1, 12.5, 100.25, Double.NaN, 2, true, 0, 40, 0);
        try (SessionWriter writer = begin(folder)) {
            event(writer, SessionEvent.Kind.BLOCK_STARTED, 0, null);
            step(writer, Foot.LEFT, 1);
            slot.setState(state, ns(2));
            writer.take(slot, NOW);
        }
        Files.writeString(folder.resolve("steps.csv"), "2.1", StandardOpenOption.APPEND);
        assertThat(SessionFolder.interrupted(dir.resolve(SessionFiles.SESSIONS)))
                .isEqualTo(folder);
        assertThat(SessionFolder.state(folder, new Moment(ns(30), START, "boot")))
                .isEqualTo(state.away(30));
        assertThat(SessionFolder.state(folder, new Moment(1, START.plusSeconds(90), "other boot")))
                .isEqualTo(state.away(90));
        assertThat(SessionFolder.state(folder, new Moment(1, START.minusSeconds(90), "other boot")))
                .isEqualTo(state.away(Double.NaN));

        try (SessionWriter writer = SessionWriter.goOn(folder, ORIGIN_NS)) {
            event(writer, SessionEvent.Kind.BLOCK_STARTED, 30, null);
            step(writer, Foot.RIGHT, 31);
            event(writer, SessionEvent.Kind.ENDED, 32, SessionEvent.End.COMPLETED);
        }
        SessionData read =
                SessionFolder.read(folder, notice -> assertThat(notice).isNull());
        assertThat(read.steps()).extracting(SessionData.Step::timeS).containsExactly(1.0, 31.0);
        assertThat(read.blocks())
                .containsExactly(
                        new SessionData.BlockSpan(1, Block.Kind.MATCH, 0, 1, 0),
                        new SessionData.BlockSpan(1, Block.Kind.MATCH, 30, 32, 0));
        assertThat(folder.resolve("state.json")).doesNotExist();
        assertThat(SessionFolder.header(folder).end()).isEqualTo(SessionEvent.End.COMPLETED);
    }

    @Test
    void shouldKeepAFreezeWhoseEndNobodySaw() throws IOException {
        Path folder = dir.resolve("s");
        try (SessionWriter writer = begin(folder)) {
            event(writer, SessionEvent.Kind.BLOCK_STARTED, 0, null);
            step(writer, Foot.LEFT, 9);
            slot.setFreeze(true, ns(4), ns(4.8));
            writer.take(slot, NOW);
        }

        assertThat(folder.resolve("freezes.csv")).content().endsWith("\n4.000000,4.800000,\n");
        SessionData read = SessionFolder.read(folder);
        assertThat(read.freezes()).containsExactly(new SessionData.Freeze(4, 4.8, Double.NaN));
        assertThat(read.endS(read.freezes().getFirst())).isEqualTo(9);
    }

    @Test
    void shouldAbandonWhatNobodyCanGoOnWith() throws IOException {
        Path folder = dir.resolve("s");
        try (SessionWriter writer = begin(folder)) {
            event(writer, SessionEvent.Kind.BLOCK_STARTED, 0, null);
            step(writer, Foot.LEFT, 1);
        }

        SessionFolder.abandon(folder);

        assertThat(SessionFolder.header(folder).end()).isEqualTo(SessionEvent.End.ABANDONED);
        assertThat(SessionFolder.read(folder).events().getLast().timeS()).isEqualTo(1);
        assertThat(SessionFolder.read(folder).blocks())
                .singleElement()
                .satisfies(block -> assertThat(block.endS()).isEqualTo(1));
    }

    @Test
    void shouldWriteEverythingOnceTheDiskTakesItAgain() throws IOException {
        Path blocked = Files.writeString(dir.resolve("s"), "a file where a folder should be");
        SessionWriter writer = begin(blocked);
        step(writer, Foot.LEFT, 1);
        writer.settle(ns(9));
        assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);

        Files.delete(blocked);
        writer.close();

        assertThat(SessionFolder.read(blocked).steps()).hasSize(1);
        assertThat(writer.lost()).isZero();
    }
}

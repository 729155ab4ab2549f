package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.health.Counters;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SongFacts;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFactsTest {
    private static final long ORIGIN_NS = 5_000_000_000_123L;
    private static final Instant START = Instant.parse("2026-11-22T09:30:00.250Z");
    private static final KeptHeader.Plan PLAN = new KeptHeader.Plan("short", "stroke", "name = \"short\"\n", 3, 600, 0);

    private final MemoryLog log = new MemoryLog("boot", 0, 20_000, new Counters());
    private final SettledFacts facts = new SettledFacts(log, new RecordBodies());
    private final WalkRecord fact = new WalkRecord();

    private static KeptSession kept(KeptHeader header) {
        return new KeptSession(header.id(), "boot", ORIGIN_NS, header.text(), null, header.end() != null);
    }

    private static KeptHeader header() {
        return new KeptHeader("ab12", PLAN, START, Map.of("boot", ORIGIN_NS), false, null);
    }

    private static long ns(double s) {
        return ORIGIN_NS + Math.round(s * 1e9);
    }

    private void event(SessionEvent.Kind kind, double s, double levelPct, @Nullable SafetyRule rule) {
        SessionEvent event = new SessionEvent();
        event.kind = kind;
        event.timeNs = ns(s);
        event.block = Block.Kind.MATCH;
        event.blockIndex = 1;
        event.targetSpm = 101.123_456_7;
        event.levelPct = levelPct;
        event.baselineSpm = 100.25;
        event.rule = rule;
        event.end = kind == SessionEvent.Kind.ENDED ? SessionEvent.End.PATIENT : null;
        facts.take(fact.setEvent(event), "ab12");
    }

    private void step(Foot foot, double s) {
        facts.take(fact.setStep(foot, ns(s), ns(s + 0.05), 500_000_000, 110, 0.9), "ab12");
    }

    private SessionData read() throws IOException {
        log.commit();
        return SessionFacts.read(kept(header()), log::records);
    }

    /** A walk of odd numbers: whoever computes from the file computes from the very numbers the journal gives. */
    @Test
    void shouldGiveWhatTheExportedFolderGives(@TempDir Path dir) throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        event(SessionEvent.Kind.STARTED, 0, Double.NaN, null);
        event(SessionEvent.Kind.BLOCK_STARTED, 0, -0.000_000_4, null);
        for (int i = 1; i <= 600; i++) {
            double s = i * 0.55 + random.nextDouble(0.1);
            Foot foot = Foot.of(i % 2);
            facts.take(
                    fact.setStep(foot, ns(s), ns(s + 0.1), random.nextLong(900_000_000), 110, random.nextDouble()),
                    "ab12");
            facts.take(
                    fact.setCue(
                            foot,
                            i,
                            ns(s) + random.nextLong(100_000_000),
                            ns(s),
                            i,
                            500_000_000 + random.nextLong(90_000_000),
                            Voice.BEAT),
                    "ab12");
            StrideEstimate stride = new StrideEstimate();
            stride.foot = foot;
            stride.startNs = ns(s - 1) + random.nextLong(1_000);
            stride.endNs = ns(s) + random.nextLong(1_000);
            stride.decidedNs = stride.endNs;
            stride.strideTimeS = i % 9 == 0 ? Double.NaN : 1 + random.nextDouble();
            stride.stanceFraction = random.nextDouble();
            stride.doubleSupportFraction = random.nextDouble();
            stride.lengthM = i % 7 == 0 ? Double.NaN : random.nextDouble();
            stride.speedMps = random.nextDouble();
            facts.take(fact.setStride(stride), "ab12");
        }
        facts.take(fact.setFreeze(true, ns(30), ns(30.8)), "ab12");
        facts.take(fact.setFreeze(false, ns(33), ns(33)), "ab12");
        event(SessionEvent.Kind.RULE, 300, 2, SafetyRule.NEAR_FALL);
        event(SessionEvent.Kind.BLOCK_ENDED, 340.123_456_7, 4, null);
        event(SessionEvent.Kind.ENDED, 340.123_456_7, Double.NaN, null);
        facts.finish("ab12", WalkRecord.NONE);

        SessionData data = read();
        SessionFiles.write(dir.resolve("s"), data, "name = \"short\"\n");

        assertThat(data.steps()).hasSize(600).isSortedAccordingTo((a, b) -> Double.compare(a.timeS(), b.timeS()));
        assertThat(data.cues()).hasSize(600);
        assertThat(data.strides()).hasSize(600);
        assertThat(data.freezes()).containsExactly(new SessionData.Freeze(30, 30.8, 33));
        assertThat(data.blocks()).containsExactly(new SessionData.BlockSpan(1, Block.Kind.MATCH, 0, 340.123457, 4));
        assertThat(data.events().getLast().end()).isEqualTo(SessionEvent.End.PATIENT);
        assertThat(data.baselineSpm()).isEqualTo(100.25);
        assertThat(SessionFolder.read(dir.resolve("s"))).isEqualTo(data);
    }

    @Test
    void shouldReadSongsBackAsTheyWereTold() throws IOException {
        SongFacts heard = new SongFacts(
                "0123456789abcdef", "Åh \u0007na na\n", 310, 4, 250, 1.25, -3.5, SongFacts.Ended.TEMPO, true);
        SongFacts untitled =
                new SongFacts("fedcba9876543210", null, 0, 0, 0, Double.NaN, Double.NaN, SongFacts.Ended.FAULT, false);
        event(SessionEvent.Kind.BLOCK_STARTED, 0, 0, null);
        facts.song(new SongRecord(ns(200), ns(201.5), untitled), "ab12");
        facts.song(new SongRecord(ns(10), ns(199.999_999_6), heard), "ab12");
        facts.song(new SongRecord(ns(300), ns(400), heard), null);

        SongFacts read =
                new SongFacts("0123456789abcdef", "Åh  na na", 310, 4, 250, 1.25, -3.5, SongFacts.Ended.TEMPO, true);
        assertThat(read().songs())
                .as("in order, a title on one line; what belongs to no session is not of this one")
                .containsExactly(new SessionData.Song(10, 200, read), new SessionData.Song(200, 201.5, untitled));
        List<KeptRecords.Kept> records = KeptRecords.waiting(log, RecordKind.SONG);
        assertThat(records).hasSize(3);
        assertThat(records.getFirst().body().has("title"))
                .as("no title without consent")
                .isFalse();
    }

    @Test
    void shouldCutATitleAndTakeAnUnknownEndForAStop() throws IOException {
        SongFacts heard =
                new SongFacts("0123456789abcdef", "🎵".repeat(300), 1, 0, 0, 0, 0, SongFacts.Ended.END, false);
        facts.song(new SongRecord(ns(10), ns(20), heard), "ab12");
        byte[] later = ("{\"t_ns\":" + ns(30) + ",\"end_ns\":" + ns(31)
                        + ",\"hash\":\"0123456789abcdef\",\"ended\":\"bored\"}")
                .getBytes(StandardCharsets.UTF_8);
        log.append(RecordKind.SONG, "ab12", ns(30), later);
        log.append(RecordKind.SONG, "ab12", ns(40), "{\"t_ns\":1,\"end_ns\":2}".getBytes(StandardCharsets.UTF_8));

        List<SessionData.Song> songs = read().songs();
        assertThat(songs).hasSize(2);
        assertThat(songs.getFirst().facts().title()).isEqualTo("🎵".repeat(80));
        assertThat(songs.getLast().facts().ended()).isEqualTo(SongFacts.Ended.STOPPED);
    }

    @Test
    void shouldBeReadableInMidSessionWithTheOpenBlockUpToTheLastThingKnown() throws IOException {
        event(SessionEvent.Kind.STARTED, 0, 0, null);
        event(SessionEvent.Kind.BLOCK_STARTED, 0, 0, null);
        step(Foot.LEFT, 7.5);
        facts.settle(ns(9));

        assertThat(read().blocks()).containsExactly(new SessionData.BlockSpan(1, Block.Kind.MATCH, 0, 7.5, 0));
    }

    @Test
    void shouldEndAnInterruptedBlockWithTheLastThingKnown() throws IOException {
        event(SessionEvent.Kind.BLOCK_STARTED, 0, 0, null);
        step(Foot.LEFT, 1);
        facts.settle(ns(9));
        // The unit was off; how long belongs to no block.
        event(SessionEvent.Kind.STARTED, 30, 0, null);
        event(SessionEvent.Kind.BLOCK_STARTED, 30, 0, null);
        step(Foot.RIGHT, 31);
        event(SessionEvent.Kind.ENDED, 32, 0, null);
        facts.finish("ab12", WalkRecord.NONE);

        assertThat(read().steps()).extracting(SessionData.Step::timeS).containsExactly(1.0, 31.0);
        assertThat(read().blocks())
                .containsExactly(
                        new SessionData.BlockSpan(1, Block.Kind.MATCH, 0, 1, 0),
                        new SessionData.BlockSpan(1, Block.Kind.MATCH, 30, 32, 0));
    }

    @Test
    void shouldPutBothBootsOfASessionOnOneClock() throws IOException {
        RecordBodies bodies = new RecordBodies();
        KeptHeader header = header().in("later", -100_000_000_000L);
        SessionData data = SessionFacts.read(kept(header), (id, reader) -> {
            reader.onRecord(
                    "boot",
                    1,
                    RecordKind.STEP,
                    id,
                    "{\"t_ns\":5001000000123,\"foot\":\"L\"}".getBytes(StandardCharsets.UTF_8));
            reader.onRecord(
                    "later",
                    2,
                    RecordKind.STEP,
                    id,
                    "{\"t_ns\":20000000000,\"foot\":\"R\"}".getBytes(StandardCharsets.UTF_8));
            SessionEvent ended = new SessionEvent();
            ended.kind = SessionEvent.Kind.ENDED;
            ended.end = SessionEvent.End.ABANDONED;
            ended.timeNs = 77;
            ended.blockIndex = -1;
            ended.targetSpm = Double.NaN;
            ended.levelPct = Double.NaN;
            ended.baselineSpm = Double.NaN;
            // A boot the session was not in: nobody knows when it ended but by the last thing known.
            reader.onRecord("much later", 3, RecordKind.EVENT, id, bodies.event(ended));
        });

        assertThat(data.steps()).extracting(SessionData.Step::timeS).containsExactly(1.0, 120.0);
        assertThat(data.events())
                .singleElement()
                .satisfies(event -> assertThat(event.timeS()).isEqualTo(120));
    }

    @Test
    void shouldLeaveOutARecordThatCantBeRead() throws IOException {
        step(Foot.LEFT, 1);
        facts.finish("ab12", WalkRecord.NONE);
        log.append(RecordKind.STEP, "ab12", ns(2), "{\"t_ns\":true".getBytes(StandardCharsets.UTF_8));
        log.append(RecordKind.STEP, "ab12", ns(2), "{\"t_ns\":6000,\"foot\":\"X\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(read().steps()).hasSize(1);
    }

    @Test
    void shouldKeepAHeaderAndRefuseADamagedOne() throws SessionException {
        KeptHeader header = header().in("later", -4).ended(SessionEvent.End.RULE);
        assertThat(KeptHeader.read(kept(header))).isEqualTo(header);
        KeptHeader plain = new KeptHeader("p", KeptHeader.Plan.PLAIN, START, Map.of(), true, null);
        assertThat(KeptHeader.read(kept(plain))).isEqualTo(plain);
        assertThatThrownBy(() -> KeptHeader.read(new KeptSession("x", "boot", 0, "{\"format\":9}", null, false)))
                .isInstanceOf(SessionException.class)
                .hasMessageContainingAll("session x", "format is 9");
    }
}

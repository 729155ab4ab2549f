package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.KeptRecords;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.Moment;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionException;
import dev.entrain.journal.SessionFacts;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The journal's thread, moved by hand: sessions, their ends and summaries, restarts, a disk that refuses. */
class JournalLoopTest extends JournalRig {
    @Test
    void shouldKeepAWholeSessionAndTellItsStartAndSummary() throws SessionException {
        JournalLoop loop = loop(prescription("stroke"));
        step(0); // Before the button: no session's.
        pass(loop, 2);
        tell(SessionEvent.Kind.STARTED, null);
        tell(SessionEvent.Kind.BLOCK_STARTED, null);
        walk(loop, 40);
        assertThat(status.id()).isEqualTo(log.sessions().getFirst().id());
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.COMPLETED);
        pass(loop, 1);

        assertThat(loop.over()).isTrue();
        assertThat(status.id()).isNull();
        assertThat(end(log.sessions().getFirst())).isEqualTo(SessionEvent.End.COMPLETED);
        assertThat(kept(RecordKind.STEP)).hasSize(41);
        assertThat(kept(RecordKind.STEP).getFirst().session()).isNull();
        assertThat(kept(RecordKind.STEP).getLast().session()).isNotNull();
        List<KeptRecords.Kept> told = kept(RecordKind.SESSION);
        assertThat(told).hasSize(2);
        assertThat(told.getFirst().body().path("state").asText()).isEqualTo("started");
        assertThat(told.getFirst().body().path("programme").asText()).isEqualTo("stroke");
        assertThat(told.getFirst().body().path("programme_toml").asText())
                .isEqualTo(prescription("stroke").text());
        assertThat(told.getFirst().body().path("rx_rev").asInt()).isEqualTo(7);
        assertThat(told.getLast().body().path("state").asText()).isEqualTo("ended");
        assertThat(told.getLast().body().path("end").asText()).isEqualTo("completed");
        assertThat(told.getLast().body().path("blocks")).hasSize(1);
        assertThat(told.getLast().body().at("/metrics/all/cadence_spm/value").asDouble())
                .isEqualTo(120);
        // The end is the last of the session, so that whoever has it has everything.
        assertThat(kept(RecordKind.STEP).getLast().seq())
                .isLessThan(told.getLast().seq());
    }

    @Test
    void shouldBoundASummaryHoweverOftenTheWalkerPaused() {
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        for (int i = 0; i < 400; i++) {
            tell(SessionEvent.Kind.BLOCK_STARTED, null);
            nowNs += S;
            tell(SessionEvent.Kind.BLOCK_ENDED, null);
            loop.round(nowNs);
        }
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.PATIENT);
        pass(loop, 1);

        assertThat(kept(RecordKind.SESSION).getLast().body().path("blocks")).hasSize(200);
        assertThat(kept(RecordKind.SESSION).getLast().body().toString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(32_768);
    }

    @Test
    void shouldMakeASessionOfAPlainWalkFromItsFirstStepUntilTenMinutesWithoutOne() throws SessionException {
        JournalLoop loop = loop(null);
        pass(loop, 5);
        assertThat(log.sessions()).isEmpty();
        long firstNs = nowNs;
        walk(loop, 30);
        long lastNs = nowNs - S / 2;
        pass(loop, 590);
        assertThat(status.id()).isNotNull();
        pass(loop, 20);

        assertThat(status.id()).isNull();
        assertThat(loop.over()).as("a plain walk ends no agent").isFalse();
        KeptRecords.Kept told = kept(RecordKind.SESSION).getLast();
        assertThat(told.body().path("programme").asText()).isEqualTo("plain");
        assertThat(told.body().path("end").asText()).isEqualTo("plain");
        assertThat(told.body().path("started_ns").asLong()).isEqualTo(firstNs);
        assertThat(told.body().path("t_ns").asLong()).isEqualTo(lastNs + 1_000_000);
        assertThat(told.body().at("/blocks/0/kind").asText()).isEqualTo("free");
        assertThat(told.body().at("/metrics/all/cadence_spm/n").asInt()).isEqualTo(29);

        walk(loop, 3);
        loop.stop();
        loop.run();
        assertThat(log.sessions()).hasSize(2);
        assertThat(end(log.sessions().getLast())).isEqualTo(SessionEvent.End.PLAIN);
        assertThat(kept(RecordKind.TIMING).getLast().body().path("last").asBoolean())
                .isTrue();
    }

    @Test
    void shouldTellAFullDiskAndWriteEverythingOnceThereIsRoom() {
        JournalLoop loop = loop(prescription("stroke"));
        log.full = true;
        tell(SessionEvent.Kind.STARTED, null);
        tell(SessionEvent.Kind.BLOCK_STARTED, null);
        walk(loop, 20);
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.COMPLETED);
        pass(loop, 3);
        assertThat(loop.over()).isFalse();
        assertThat(kept(RecordKind.STEP)).isEmpty();

        log.full = false;
        pass(loop, 3);

        assertThat(loop.over()).isTrue();
        assertThat(kept(RecordKind.STEP)).hasSize(20);
        assertThat(kept(RecordKind.SESSION)).hasSize(2);
        assertThat(kept(RecordKind.FAULT))
                .extracting(fault -> fault.body().path("code").asText()
                        + fault.body().path("cleared").asBoolean())
                .containsExactly("disk_fullfalse", "disk_fulltrue");
    }

    @Test
    void shouldLetTheNextSessionBeginThoughTheDiskRefusesThisOne() {
        JournalLoop loop = loop(prescription("stroke"));
        log.full = true;
        tell(SessionEvent.Kind.STARTED, null);
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.COMPLETED);
        pass(loop, 29);
        assertThat(loop.over()).isFalse();
        pass(loop, 3);
        assertThat(loop.over()).isTrue();
    }

    @Test
    void shouldTellThatAThreadDiedThoughTheAgentEndsAtOnce() {
        JournalLoop loop = loop(null);
        pass(loop, 1);
        Objects.requireNonNull(watch).threadDied("entrain-outbound");
        loop.stop();
        loop.run();
        assertThat(kept(RecordKind.FAULT).getLast().body().path("code").asText())
                .isEqualTo("thread_died");
    }

    @Test
    void shouldEndASessionWhoseSummaryCannotBeMade() throws SessionException {
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        log.bug = true;
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.COMPLETED);
        pass(loop, 2);
        assertThat(loop.over()).isTrue();
        assertThat(log.sessions().getFirst().ended()).isTrue();

        // Nor does one that went on stop the next start.
        log.bug = false;
        JournalLoop second = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        pass(second, 2);
        log.bug = true;
        loop(prescription("stroke"));
        assertThat(log.sessions()).allMatch(KeptSession::ended);
    }

    @Test
    void shouldTellOnceThatFactsWereRefusedAndThatItKeepsUpAgain() {
        JournalLoop loop = loop(null);
        counters.add(Counter.RECORDS_REFUSED, 3);
        pass(loop, 90);

        assertThat(kept(RecordKind.FAULT))
                .extracting(fault -> fault.body().path("code").asText()
                        + fault.body().path("cleared").asBoolean())
                .containsExactly("records_refusedfalse", "records_refusedtrue");
        assertThat(kept(RecordKind.CLOCK)).hasSize(1);
        assertThat(kept(RecordKind.TIMING)).hasSize(1);
    }

    @Test
    void shouldGoOnWithAnInterruptedSessionOfTheSameProgrammeOnly() throws SessionException {
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        keepState(loop);
        pass(loop, 60);
        KeptSessions sessions = new KeptSessions(log, new RecordBodies());

        KeptSessions.Interrupted found = Objects.requireNonNull(sessions.find(prescription("stroke"), now()));
        assertThat(found.state().awayS()).isEqualTo(60);
        assertThat(found.open().originNs()).isEqualTo(START_NS);

        assertThat(sessions.find(prescription("parkinson"), now())).isNull();
        sessions.summarise();
        log.commit();
        assertThat(end(log.sessions().getFirst())).isEqualTo(SessionEvent.End.ABANDONED);
        assertThat(kept(RecordKind.SESSION).getLast().body().path("end").asText())
                .isEqualTo("abandoned");
        assertThat(sessions.find(prescription("stroke"), now())).isNull();
    }

    /** An emulated insole that answers late, or comes after the session began, marks it all the same. */
    @Test
    void shouldMarkASessionAsSimulatedOnceAnInsoleSaysThatItIsEmulated() throws IOException {
        JournalLoop loop = loop(null);
        walk(loop, 2);
        emulated = true;
        walk(loop, 2);
        emulated = false;
        pass(loop, SessionKeeper.IDLE_S + 2);

        assertThat(kept(RecordKind.SESSION))
                .extracting(kept -> kept.body().path("simulated").asBoolean())
                .containsExactly(false, true);
        assertThat(KeptHeader.read(log.sessions().getFirst()).simulated()).isTrue();
        assertThat(SessionFacts.read(log.sessions().getFirst(), log::records).simulated())
                .isTrue();
    }

    @Test
    void shouldGoOnInAnotherBootOnItsOwnClock() throws SessionException {
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        keepState(loop);
        Moment later = new Moment(8 * S, now().utc().plusSeconds(90), "another boot");

        KeptSessions.Interrupted found =
                Objects.requireNonNull(new KeptSessions(log, new RecordBodies()).find(prescription("stroke"), later));

        assertThat(found.open().originNs()).isEqualTo(8 * S - 93 * S);
        assertThat(found.open().header().origins()).containsOnlyKeys("boot", "another boot");
    }

    @Test
    void shouldNotGoOnWithASessionFromLongAgo() throws SessionException {
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        keepState(loop);
        KeptSessions sessions = new KeptSessions(log, new RecordBodies());

        Moment nextDay = new Moment(1, UTC.plusSeconds(86_400), "another boot");
        assertThat(sessions.find(prescription("stroke"), nextDay)).isNull();
        sessions.summarise();
        assertThat(end(log.sessions().getFirst())).isEqualTo(SessionEvent.End.ABANDONED);
    }

    /** The power went after the last event and before the summary was on the disk. */
    @Test
    void shouldTellTheSummaryThatAPowerCutTookAsTheSessionEnded() throws SessionException {
        log.full = true;
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.PATIENT);
        pass(loop, 1);
        log.full = false;

        loop(prescription("stroke"));
        log.commit();

        assertThat(end(log.sessions().getFirst())).isEqualTo(SessionEvent.End.PATIENT);
        assertThat(kept(RecordKind.SESSION)).hasSize(2);
        assertThat(kept(RecordKind.EVENT)).hasSize(2);
    }
}

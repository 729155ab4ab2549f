package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counters;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.MemoryLog;
import dev.entrain.journal.Moment;
import dev.entrain.journal.RecordBodies;
import dev.entrain.session.SessionEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeptSessionsTest {
    private static final Moment NOW = new Moment(5_000_000_000L, Instant.parse("2026-11-23T10:00:00Z"), "boot");

    private final RefusingLog log = new RefusingLog(new MemoryLog("boot", 0, 1000, new Counters()));
    private final KeptSessions sessions = new KeptSessions(log, new RecordBodies());

    @Test
    void shouldSayNothingFinalOfASessionThatCannotBeRead() {
        KeptSessions.Open open = sessions.begin(KeptHeader.Plan.PLAIN, NOW.timeNs(), false, NOW);
        sessions.end(open, SessionEvent.End.PLAIN, NOW.timeNs());
        log.unreadable = true;
        assertThat(sessions.summarise()).isFalse();
        assertThat(log.openSession()).isNotNull();
        log.unreadable = false;
        assertThat(sessions.summarise()).isTrue();
        assertThat(log.openSession()).isNull();
        assertThat(log.lastSeq()).isEqualTo(1);
        log.commit();
        assertThat(log.lastSeq()).as("the end was told, once").isEqualTo(2);
    }

    @Test
    void shouldEndASessionThatCanNeverBeRead() {
        KeptSessions.Open open = sessions.begin(KeptHeader.Plan.PLAIN, NOW.timeNs(), false, NOW);
        sessions.end(open, SessionEvent.End.PLAIN, NOW.timeNs());
        log.unreadable = true;
        boolean done = false;
        for (int i = 0; i < 30; i++) {
            done = sessions.summarise();
        }
        assertThat(done).isTrue();
        assertThat(log.openSession()).isNull();
    }

    @Test
    void shouldLeaveAnInterruptedSessionThatCannotBeReadForTheNextStart() {
        sessions.begin(KeptHeader.Plan.PLAIN, NOW.timeNs(), false, NOW);
        log.commit();
        log.unreadable = true;
        assertThat(new KeptSessions(log, new RecordBodies()).find(null, NOW)).isNull();
        assertThat(log.openSession()).isNotNull();
    }
}

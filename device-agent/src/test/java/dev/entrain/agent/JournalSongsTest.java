package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.journal.KeptRecords;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionBodies;
import dev.entrain.session.SessionEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Songs of a walk, and how a session's end waits for the last of them. */
class JournalSongsTest extends JournalRig {
    @Test
    void shouldTellTheFiguresOfTheSongThatFadedWithTheSession() {
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        tell(SessionEvent.Kind.BLOCK_STARTED, null);
        long fromNs = nowNs;
        songs.playing = true;
        walk(loop, 40);
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.COMPLETED);
        pass(loop, 0.5);
        assertThat(loop.over()).as("the music still fades").isFalse();
        songs.playing = false;
        songs.tell(fromNs, nowNs, "Walk this way");
        pass(loop, 0.5);

        assertThat(loop.over()).isTrue();
        KeptRecords.Kept song = kept(RecordKind.SONG).getFirst();
        KeptRecords.Kept told = kept(RecordKind.SESSION).getLast();
        assertThat(song.session()).isEqualTo(told.session()).isNotNull();
        assertThat(song.seq()).as("the end stays the last").isLessThan(told.seq());
        JsonNode figures = told.body().at("/songs/0");
        assertThat(figures.path("start_ns").asLong()).isEqualTo(fromNs);
        assertThat(figures.path("title").asText()).isEqualTo("Walk this way");
        assertThat(figures.path("steps").asInt()).isEqualTo(40);
        assertThat(figures.path("walked_s").asDouble()).isEqualTo(20);
        assertThat(figures.at("/metrics/cadence_spm/value").asDouble()).isEqualTo(120);
        assertThat(figures.at("/metrics/asynchrony_ms").has("value"))
                .as("no beat was told")
                .isFalse();
    }

    @Test
    void shouldWaitForNoSongLongerThanItsBound() {
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        songs.playing = true;
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.COMPLETED);
        pass(loop, 1.5);
        assertThat(loop.over()).isFalse();
        pass(loop, 1);

        assertThat(loop.over()).isTrue();
        assertThat(kept(RecordKind.SESSION).getLast().body().has("songs")).isFalse();
        songs.tell(nowNs - S, nowNs, null);
        pass(loop, 1);
        assertThat(kept(RecordKind.SONG).getFirst().session())
                .as("what played after the session is not of it")
                .isNull();
    }

    @Test
    void shouldFitASummaryWithManySongsAndPausesIntoOneMessage() {
        JournalLoop loop = loop(prescription("stroke"));
        tell(SessionEvent.Kind.STARTED, null);
        for (int i = 0; i < 400; i++) {
            tell(SessionEvent.Kind.BLOCK_STARTED, null);
            nowNs += S;
            tell(SessionEvent.Kind.BLOCK_ENDED, null);
            songs.tell(nowNs - S, nowNs - S + (i % 100) * 10_000_000L, "\ud83c\udfb5".repeat(300));
            loop.round(nowNs);
        }
        tell(SessionEvent.Kind.ENDED, SessionEvent.End.PATIENT);
        pass(loop, 1);

        JsonNode told = kept(RecordKind.SESSION).getLast().body();
        assertThat(told.path("songs")).hasSize(SessionBodies.MOST_SONGS);
        assertThat(told.path("songs"))
                .as("those that played longest")
                .allMatch(song -> song.path("walked_s").asDouble() >= 0.94);
        assertThat(told.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(48_000);
    }
}

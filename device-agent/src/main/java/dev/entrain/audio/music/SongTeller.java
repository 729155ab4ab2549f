package dev.entrain.audio.music;

import dev.entrain.audio.music.Deck.State;
import dev.entrain.audio.music.SongPlayed.Ended;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;

/**
 * Tells what was played. A song that waits while there are no beats is told at once, as far as it was played, and anew when it
 * goes on: what happens in between belongs to no song. For the music thread; allocates nothing.
 */
final class SongTeller {
    private final Outlet outlet;
    private final Counters counters;
    private final SlotRing<SongPlayed> heard;

    SongTeller(Outlet outlet, Counters counters, SlotRing<SongPlayed> heard) {
        this.outlet = outlet;
        this.counters = counters;
        this.heard = heard;
    }

    /** A song sounds, for the first time or again. */
    void sounds(Deck deck, long nowNs) {
        deck.figures().sounds(nowNs, outlet.fallbacks());
    }

    /** A song is over or left: it is told and given back. */
    void end(Deck deck, Ended why, long nowNs) {
        if (deck.song() != null && (deck.figures().heard() || why == Ended.FAULT)) {
            tell(deck, why, nowNs);
            if (why == Ended.FAULT) {
                counters.increment(Counter.MUSIC_FAULTS);
            }
        }
        if (deck.state() != State.EMPTY) {
            deck.leave();
        }
    }

    /** A song waits for beats to come back. */
    void rest(Deck deck, long nowNs) {
        LoadedSong song = deck.song();
        if (song != null && deck.figures().heard()) {
            tell(deck, Ended.STOPPED, nowNs);
            deck.figures().begin(song.song());
        }
        deck.hold();
    }

    private void tell(Deck deck, Ended why, long nowNs) {
        SongPlayed slot = heard.claim();
        if (slot != null) {
            boolean sounds = deck.state() == State.RUNNING || !deck.figures().heard();
            deck.figures().end(sounds ? nowNs : deck.figures().lastNs(), why, outlet.fallbacks(), slot);
            heard.publish();
        }
    }
}

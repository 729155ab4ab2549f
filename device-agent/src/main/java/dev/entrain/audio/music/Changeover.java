package dev.entrain.audio.music;

import dev.entrain.audio.music.Deck.State;
import dev.entrain.audio.music.SongPlayed.Ended;
import dev.entrain.music.choice.TempoFit;
import org.jspecify.annotations.Nullable;

/**
 * Which song plays when: asks for songs in time, begins them on a beat, crosses from one to the next over eight beats, and
 * fades where beats go where music can't follow. For the music thread; allocates nothing.
 */
final class Changeover {
    /** Beats over which two songs cross. */
    static final int CROSS_BEATS = 8;

    /** So many beats before the end the next song is asked for: about 20 s. */
    private static final int ASK_BEATS = 40;

    /** Beats a change waits for the bar to begin. */
    private static final int BAR_BEATS = 4;

    private static final double HALF = 0.5;

    /** Beats in a row out of reach that music does not follow any further. */
    private static final int PATIENCE_BEATS = 4;

    /** A song with fewer beats left is not begun again. */
    private static final int LEAST_BEATS = 2 * CROSS_BEATS;

    /** After so long without a beat the song is over for good. */
    private static final long FORGET_NS = 60_000_000_000L;

    /** So often a song may starve. */
    private static final int MOST_DRY = 3;

    /** What must be read before a song begins, and before it begins again after it has starved, s. */
    private static final double SOME_S = 0.5;

    private static final int MUCH_S = 3;

    private static final int LEAD_MS = 30;

    /** Beats over which a song that begins alone grows to its level: nobody is startled. */
    private static final int GROW_BEATS = 2;

    private final int rateHz;
    private final BeatTrack plan;
    private final Controls controls;
    private final SongTeller teller;
    private final AskAgain again = new AskAgain();
    private final int leadFrames;

    private Deck current;
    private Deck next;
    private boolean crossing;
    private @Nullable Ended wanted;
    private @Nullable Ended leaving;
    private long wantedSince;
    private boolean skipped;
    private long planSeenNs;

    Changeover(int rateHz, BeatTrack plan, Controls controls, SongTeller teller, Deck one, Deck other) {
        this.rateHz = rateHz;
        this.plan = plan;
        this.controls = controls;
        this.teller = teller;
        current = one;
        next = other;
        leadFrames = rateHz * LEAD_MS / 1000;
    }

    /** Beats are planned at present. */
    void planSeen(long nowNs) {
        planSeenNs = nowNs;
    }

    /** Returns the deck that is heard, of two the one that comes; null where none is. */
    @Nullable
    Deck leading() {
        if (crossing) {
            return next;
        }
        return current.state() == State.RUNNING ? current : null;
    }

    /**
     * What was made will not sound, or too late: songs wait where they are.
     *
     * @param rest whether beats ended too
     */
    void breakOff(boolean rest, long nowNs) {
        Ended asked = crossing ? null : wanted;
        if (crossing) {
            // The old one had its end; it is told when the new one has begun anew.
            teller.end(current, leaving == null ? Ended.END : leaving, nowNs);
            swap();
        }
        if (asked == Ended.SKIPPED) {
            teller.end(current, Ended.SKIPPED, nowNs);
        } else if (rest) {
            teller.rest(current, nowNs);
        } else {
            current.hold();
        }
        leaving = null;
        wanted = null;
    }

    /** The ring ran dry: a song that lets it too often is left. */
    void ranDry(long nowNs) {
        Deck comes = crossing ? next : current;
        current.ranDry();
        boolean tooOften = (crossing ? next.ranDry() : current.starved()) > MOST_DRY;
        breakOff(false, nowNs);
        if (tooOften) {
            teller.end(comes, Ended.FAULT, nowNs);
        }
    }

    /** Ends both songs. */
    void endAll(Ended why, long nowNs) {
        teller.end(current, crossing && leaving != null ? leaving : why, nowNs);
        teller.end(next, why, nowNs);
        crossing = false;
        leaving = null;
    }

    /**
     * Decides before a chunk is made.
     *
     * @param at its first frame
     * @param frames its length
     */
    void decide(double at, int frames, long nowNs) {
        boolean steady = plan.steady(at) && !controls.clicksOnly();
        listen(at, nowNs);
        served(current, nowNs);
        served(next, nowNs);
        if (plan.any() && nowNs - planSeenNs <= FORGET_NS) {
            ask(at, nowNs);
        }
        if (crossing) {
            if (!steady) {
                fadeAll();
            }
            return;
        }
        switch (current.state()) {
            case WAITING -> {
                if (steady && begin(current, at, frames, nowNs)) {
                    current.fade().in(GROW_BEATS * plan.periodFrames());
                    leaving = null;
                } else if (nowNs - planSeenNs > FORGET_NS) {
                    teller.end(current, Ended.STOPPED, nowNs);
                }
            }
            case RUNNING -> follow(at, frames, steady, nowNs);
            case EMPTY, LOADING -> {
                if (next.state() == State.WAITING) {
                    swapDecks();
                }
            }
        }
    }

    /** Ends what has faded away with the chunk just made. */
    void settle(long nowNs) {
        if (crossing && current.fade().gone()) {
            teller.end(current, leaving == null ? Ended.END : leaving, nowNs);
            swap();
            return;
        }
        if (current.state() == State.RUNNING && current.fade().gone()) {
            Ended why = leaving == null && wanted == Ended.SKIPPED ? wanted : leaving;
            if (why == null) {
                teller.rest(current, nowNs);
            } else {
                teller.end(current, why, nowNs);
            }
            leaving = null;
            wanted = null;
        }
    }

    private void listen(double at, long nowNs) {
        String liked = controls.takeLike();
        if (liked != null) {
            current.like(liked);
            next.like(liked);
        }
        if (controls.takeSkip()) {
            // While two cross it means the one that comes, unless that was asked for already and is hardly heard.
            skipped = !(crossing && leaving == Ended.SKIPPED && next.fade().at() < HALF);
        }
        if (skipped && !crossing) {
            skipped = false;
            if (current.state() == State.RUNNING) {
                want(Ended.SKIPPED, at);
            } else if (current.song() != null) {
                teller.end(current, Ended.SKIPPED, nowNs);
            }
        }
    }

    private void want(Ended why, double at) {
        if (wanted == null && plan.any()) {
            wanted = why;
            wantedSince = plan.from(at);
        }
    }

    private void served(Deck deck, long nowNs) {
        if (deck.state() != State.LOADING) {
            return;
        }
        LoadedSong song = deck.feed().song();
        switch (deck.feed().state()) {
            case READY -> {
                if (song != null) {
                    deck.adopt(song);
                }
            }
            case NOTHING -> {
                deck.leave();
                again.nothing(nowNs);
            }
            case FAILED -> {
                if (song != null) {
                    deck.adopt(song);
                }
                teller.end(deck, Ended.FAULT, nowNs);
                again.failed(nowNs);
            }
            case IDLE, LOADING -> {}
        }
    }

    /** Asks for a song where one will soon be wanted. */
    private void ask(double at, long nowNs) {
        if (again.waits(nowNs)) {
            return;
        }
        if (current.state() == State.EMPTY && next.state() == State.EMPTY) {
            current.order(targetSpm());
        } else if (current.state() == State.RUNNING
                && next.state() == State.EMPTY
                && (wanted != null || beatsLeft(at) <= ASK_BEATS)) {
            next.order(targetSpm());
        }
    }

    private double targetSpm() {
        return 60.0 * rateHz / plan.periodFrames();
    }

    private double beatsLeft(double at) {
        LoadedSong song = current.song();
        if (song == null) {
            return 0;
        }
        Steering steering = current.steering();
        return (song.beats().count() - 1 - steering.beatOn(plan.from(at))) / steering.beatsPerCue();
    }

    /** A song plays alone: does it go on? */
    private void follow(double at, int frames, boolean steady, long nowNs) {
        DeckFade fade = current.fade();
        double beat = plan.any() ? plan.periodFrames() : rateHz;
        if (fade.leaving()) {
            if (leaving == null && steady) {
                fade.back(beat);
            }
            return;
        }
        if (!steady) {
            fade.out(beat);
        } else if (current.outOfReach() > PATIENCE_BEATS) {
            leave(Ended.TEMPO, beat);
        } else if (current.drained()) {
            leave(current.feed().fault() == null ? Ended.END : Ended.FAULT, 1);
        } else {
            double left = beatsLeft(at);
            if (current.feed().fault() != null) {
                want(Ended.FAULT, at);
            }
            if (left <= CROSS_BEATS + 1 + BAR_BEATS) {
                want(Ended.END, at);
            }
            if (wanted != null && next.state() == State.WAITING) {
                cross(at, frames, left, nowNs);
            } else if (left <= 1) {
                leave(wanted == null ? Ended.END : wanted, beat);
            }
        }
    }

    private void leave(Ended why, double fadeFrames) {
        leaving = why;
        current.fade().out(fadeFrames);
    }

    private void cross(double at, int frames, double left, long nowNs) {
        long ordinal = plan.from(at + leadFrames);
        LoadedSong song = current.song();
        boolean bar = song != null && song.beats().downbeat(current.steering().beatOn(ordinal));
        boolean breaking = current.feed().fault() != null;
        boolean late = breaking || left <= CROSS_BEATS + 1 || ordinal - wantedSince > BAR_BEATS;
        if ((bar || late) && begin(next, at, frames, nowNs)) {
            double length = Math.clamp(left, 1, CROSS_BEATS) * plan.periodFrames();
            next.fade().in(length);
            current.fade().out(length);
            leaving = wanted;
            crossing = true;
            wanted = null;
        }
    }

    /** While songs cross beats were left out or ended: both go within a beat. */
    private void fadeAll() {
        if (!next.fade().leaving()) {
            double beat = plan.any() ? plan.periodFrames() : rateHz;
            current.fade().out(beat);
            next.fade().out(beat);
        }
    }

    /** Begins a song on the next planned beat if that one's lead falls into this chunk; returns whether. */
    private boolean begin(Deck deck, double at, int frames, long nowNs) {
        LoadedSong song = deck.song();
        long ordinal = plan.from(at + leadFrames);
        if (song == null || ordinal > plan.last() || plan.frameOf(ordinal) - leadFrames >= at + frames) {
            return false;
        }
        int beat = song.beats().downbeatFrom((double) (deck.songNext() + 2L * leadFrames));
        long from = beat < 0 ? deck.songNext() : (long) song.beats().frameOf(beat) - 2L * leadFrames;
        if (!deck.readAhead(from, (int) (SOME_S * rateHz), MUCH_S * rateHz)) {
            return false;
        }
        double bpm = song.song().beats().bpm();
        if (!TempoFit.fits(bpm, targetSpm())) {
            teller.end(deck, Ended.TEMPO, nowNs);
            again.failed(nowNs);
            return false;
        }
        double perCue = 1 / TempoFit.of(bpm, targetSpm()).cuesPerBeat();
        if (beat < 0 || song.beats().count() - beat < LEAST_BEATS * perCue) {
            teller.end(deck, Ended.END, nowNs);
            again.failed(nowNs);
            return false;
        }
        deck.start(plan, (long) at, leadFrames, ordinal, beat, perCue, controls.open());
        teller.sounds(deck, nowNs);
        again.played();
        return true;
    }

    private void swap() {
        crossing = false;
        leaving = null;
        wanted = null;
        swapDecks();
    }

    private void swapDecks() {
        Deck was = current;
        current = next;
        next = was;
    }
}

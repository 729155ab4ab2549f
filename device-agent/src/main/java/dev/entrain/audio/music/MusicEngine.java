package dev.entrain.audio.music;

import dev.entrain.audio.music.Deck.State;
import dev.entrain.audio.music.SongPlayed.Ended;
import dev.entrain.health.Counters;
import dev.entrain.music.MusicException;
import dev.entrain.ring.SlotRing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The music thread's body: takes the plan, decides which deck plays ({@link Changeover}), mixes both and keeps the ring
 * {@value #AHEAD_MS} ms ahead of the audio thread. That is less ahead than a cue is final, so music lies on cues that do not
 * move any more, and enough for the longest wait of the audio thread. Allocates nothing but at a new rate.
 */
final class MusicEngine {
    /** How far ahead of the audio thread sound is made, ms. */
    static final int AHEAD_MS = 60;

    private static final int LEAD_MS = 20;
    private static final int CHUNK = 256;
    private static final int HEARD_SLOTS = 16;

    private final Outlet outlet;
    private final AheadRing ring;
    private final Stretchers stretchers;
    private final Counters counters;
    private final Deck[] decks;
    private final Controls controls = new Controls();
    private final SlotRing<SongPlayed> heard = new SlotRing<>(HEARD_SLOTS, SongPlayed::new);
    private final float[] mix = new float[CHUNK];
    private final float[] one = new float[CHUNK];

    private Outlet.@Nullable Format format;
    private BeatTrack plan = new BeatTrack(48_000);
    private @Nullable Changeover changeover;
    private long epoch = -1;
    private long silences;
    private long headFrame;
    private long beatDone = Long.MIN_VALUE;
    private volatile @Nullable String problem;
    private volatile @Nullable LoadedSong sounding;
    private volatile double positionS;
    private volatile double tempo = 1;

    MusicEngine(Outlet outlet, Stretchers stretchers, Counters counters, Deck one, Deck other) {
        this.outlet = outlet;
        this.stretchers = stretchers;
        this.counters = counters;
        ring = outlet.ring();
        decks = new Deck[] {one, other};
    }

    Controls controls() {
        return controls;
    }

    SlotRing<SongPlayed> heard() {
        return heard;
    }

    @Nullable
    String problem() {
        return problem;
    }

    @Nullable
    NowPlaying playing() {
        LoadedSong now = sounding;
        return now == null ? null : new NowPlaying(now.song(), positionS, 100 * (tempo - 1));
    }

    /** Works ahead; returns whether anything was made. */
    boolean pass(long nowNs) {
        Outlet.Format granted = outlet.format();
        if (granted == null || problem != null) {
            return false;
        }
        Changeover change = changeover;
        if (change == null || !granted.equals(format)) {
            change = adopt(granted, nowNs);
        }
        takePlan(nowNs);
        if (change == null || epoch < 0) {
            return false;
        }
        int rateHz = granted.rateHz();
        if (headFrame >= ring.until()) {
            change.ranDry(nowNs); // What would come next is too late.
            ring.jump(headFrame, headFrame + (long) rateHz * LEAD_MS / 1000);
        }
        long until = headFrame + (long) rateHz * AHEAD_MS / 1000;
        boolean made = false;
        while (ring.until() - until < 0 && chunk(change, rateHz, nowNs)) {
            made = true;
        }
        return made;
    }

    /** Ends what plays and frees what the decks hold. */
    void end(long nowNs) {
        Changeover change = changeover;
        if (change != null) {
            change.endAll(Ended.STOPPED, nowNs);
        }
        for (Deck deck : decks) {
            deck.close();
        }
        changeover = null;
        format = null;
        sounding = null;
    }

    private @Nullable Changeover adopt(Outlet.Format granted, long nowNs) {
        end(nowNs);
        try {
            for (Deck deck : decks) {
                deck.prepare(granted.rateHz(), stretchers.open(granted.rateHz()));
            }
        } catch (MusicException e) {
            problem = e.getMessage();
            return null;
        }
        format = granted;
        plan = new BeatTrack(granted.rateHz());
        beatDone = Long.MIN_VALUE; // Its places are counted anew.
        SongTeller teller = new SongTeller(outlet, counters, heard);
        changeover = new Changeover(granted.rateHz(), plan, controls, teller, decks[0], decks[1]);
        return changeover;
    }

    private void takePlan(long nowNs) {
        SlotRing<PlanView> plans = outlet.plans();
        int bound = plans.size();
        for (int i = 0; i < bound; i++) {
            PlanView view = plans.peek();
            if (view == null) {
                return;
            }
            if (view.epoch != epoch) {
                boolean silenced = view.silences != silences;
                if (silenced) {
                    silences = view.silences;
                    plan.clear();
                }
                breakOff(silenced, nowNs);
                ring.begin(view.epoch, view.headFrame);
                epoch = view.epoch;
            }
            plan.update(view);
            headFrame = view.headFrame;
            if (view.count > 0 && changeover != null) {
                changeover.planSeen(nowNs);
            }
            plans.release();
        }
    }

    private void breakOff(boolean rest, long nowNs) {
        if (changeover != null) {
            changeover.breakOff(rest, nowNs);
        }
    }

    private boolean chunk(Changeover change, int rateHz, long nowNs) {
        long at = ring.until();
        change.decide((double) at, CHUNK, nowNs);
        for (Deck deck : decks) {
            if (deck.state() == State.RUNNING && !deck.has(plan, CHUNK)) {
                return false; // Nothing of either is put in; where that lasts, the ring runs dry.
            }
        }
        Arrays.fill(mix, 0f);
        boolean any = false;
        for (Deck deck : decks) {
            LoadedSong song = deck.song();
            if (deck.state() == State.RUNNING && song != null) {
                deck.render(song, one, CHUNK, controls.open());
                deck.fade().add(one, mix, CHUNK, song.gain());
                any = true;
            }
        }
        ring.sounding(any);
        ring.put(mix, CHUNK);
        passBeats(at + CHUNK, rateHz, nowNs);
        change.settle(nowNs);
        tell(change.leading(), at, rateHz);
        return true;
    }

    /** Says of each planned beat that what was made covers whether music carries it. */
    private void passBeats(long until, int rateHz, long nowNs) {
        for (int i = plan.after(beatDone); i >= 0 && plan.frameAt(i) < until; i = plan.after(beatDone)) {
            long ordinal = plan.ordinalAt(i);
            beatDone = ordinal;
            boolean carried = false;
            for (Deck deck : decks) {
                if (deck.state() == State.RUNNING) {
                    carried |= deck.passBeat(plan, ordinal, rateHz);
                }
            }
            for (Deck deck : decks) {
                if (deck.state() == State.RUNNING) {
                    deck.countBeat(nowNs, carried, controls.locked());
                }
            }
            if (carried) {
                ring.carry(plan.idAt(i), plan.frameAt(i));
            }
        }
    }

    private void tell(@Nullable Deck deck, long at, int rateHz) {
        LoadedSong song = deck == null ? null : deck.song();
        sounding = song;
        if (deck != null && song != null) {
            positionS = deck.songAt((double) at) / rateHz;
            tempo = deck.steering().tempo();
        }
    }
}

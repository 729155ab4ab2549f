package dev.entrain.audio.music;

import dev.entrain.audio.Backing;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import org.jspecify.annotations.Nullable;

/**
 * The audio thread's side: posts the plan to the music thread and copies what that thread made. Where that is not ready in
 * time the music fades within 5 ms, and clicks tell the same beats at full loudness. Everything but {@link #prepare} is for
 * the audio thread alone and realtime-safe.
 */
final class Outlet implements Backing {
    private static final int VIEWS = 16;
    private static final int FADES_PER_S = 200;

    /** So far from its beat music may lie and still carry it: less than anybody hears apart, 1/s. */
    private static final int CLOSE_PER_S = 150;

    /** So much must be there after a beat for it to be heard: its stroke, 1/s. */
    private static final int STROKES_PER_S = 40;

    /** What the output is: set by the audio thread, read by the others. */
    record Format(int rateHz, double beatDb) {}

    private final SlotRing<PlanView> plans = new SlotRing<>(VIEWS, PlanView::new);
    private final AheadRing ring = new AheadRing();
    private final float overlay;
    private final Counters counters;
    private volatile @Nullable Format format;
    private long fellBack;
    private volatile long fallbacks;

    private int rateHz = 48_000;
    private long epoch;
    private long silences;
    private float gate;
    private boolean starving;
    private boolean ready;
    private @Nullable PlanView view;

    /**
     * Makes an outlet that is silent.
     *
     * @param overlay factor of the click on a beat that music carries
     */
    Outlet(float overlay, Counters counters) {
        this.overlay = overlay;
        this.counters = counters;
    }

    SlotRing<PlanView> plans() {
        return plans;
    }

    AheadRing ring() {
        return ring;
    }

    /** Returns what the output is; null before there is one. Any thread. */
    @Nullable
    Format format() {
        return format;
    }

    /** Returns how many beats, said to be carried, were clicked because the sound for them was not there. Any thread. */
    long fallbacks() {
        return fallbacks;
    }

    @Override
    public void prepare(int newRateHz, double beatDb) {
        rateHz = newRateHz;
        format = new Format(newRateHz, beatDb);
    }

    @Override
    public void restart() {
        epoch++;
        gate = 0;
        starving = false;
    }

    @Override
    public void silence() {
        silences++;
        restart();
    }

    @Override
    public void planBegins(long headFrame, int frames) {
        view = plans.claim();
        ready = ring.available(epoch, headFrame) >= frames + rateHz / FADES_PER_S;
        if (view != null) {
            view.begin(headFrame, frames, epoch, silences);
        }
    }

    @Override
    public void planned(long cueId, long frame, long periodNs, boolean committed) {
        if (view != null) {
            view.add(cueId, frame, periodNs);
        }
    }

    @Override
    public void planEnds() {
        if (view != null) {
            plans.publish();
            view = null;
        }
    }

    @Override
    public float clickGain(long cueId, long frame) {
        if (!ring.carries(cueId, frame, rateHz / CLOSE_PER_S)) {
            return 1;
        }
        if (ready && !starving && ring.available(epoch, frame) >= rateHz / STROKES_PER_S) {
            return overlay;
        }
        fallbacks = ++fellBack;
        return 1;
    }

    @Override
    public void mix(float[] stereo, int frames, long fromFrame) {
        int fade = rateHz / FADES_PER_S;
        long available = ring.available(epoch, fromFrame);
        boolean enough = available >= frames + fade;
        if (!enough && gate == 0) {
            starving = true;
            return;
        }
        if (!enough && !starving && ring.sounding()) {
            counters.increment(Counter.MUSIC_STARVED);
        }
        starving = !enough;
        float step = (enough ? 1f : -1f) / (fade - 1);
        int end = (int) Math.min(frames, available);
        for (int i = 0; i < end; i++) {
            gate = Math.clamp(gate + step, 0f, 1f);
            stereo[2 * i] += ring.at(fromFrame + i) * gate;
        }
        if (end < frames) {
            gate = 0;
        }
    }
}

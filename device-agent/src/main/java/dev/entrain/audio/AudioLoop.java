package dev.entrain.audio;

import dev.entrain.audio.AudioOutput.Event;
import dev.entrain.audio.AudioStatistics.State;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CuePlanner;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The body of the audio thread: waits for the output, learns where it stands, takes the changes of the plan, mixes and
 * writes. A failed output is opened again after 0.25 s, then twice as long up to 5 s, for as long as the loop runs; until
 * then the walk is silent and cues that pass are counted late.
 *
 * <p>The thread wakes every 5 ms and must not wait longer than the output queues (43 ms). It therefore has to be lifted to
 * real-time priority (SCHED_FIFO 60), and the rest of the virtual machine with it (SCHED_FIFO 20): lifted alone it would
 * wait at safepoints for the others. This class does not do that; room {@code realtime} does.
 */
public final class AudioLoop implements Runnable {
    private static final int WAIT_MS = 100;
    private static final int STALLED_WAITS = 5;
    private static final long BACKOFF_FIRST_NS = 250_000_000L;
    private static final long BACKOFF_LAST_NS = 5_000_000_000L;
    private static final long BACKOFF_SLICE_NS = 20_000_000L;
    private static final long STOP_LIMIT_NS = 500_000_000L;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int RATE_HZ = 48_000;

    /** A final cue may be 60 ms old when it comes (sample transport) and is looked at every 10 ms. */
    private static final long LONGEST_LEAD_NS = CuePlanner.COMMIT_LEAD_NS - 70_000_000L;

    private static final int PLAYED_SLOTS = 256;

    private final AudioConfig config;
    private final AudioOpener opener;
    private final SlotRing<CueCommand> commands;
    private final Counters counters;
    private final NanoClock time;

    private final SlotRing<PlayedCue> played = new SlotRing<>(PLAYED_SLOTS, PlayedCue::new);
    private final AudioStatistics statistics = new AudioStatistics();
    private final OnsetCheck onsetCheck = new OnsetCheck(statistics.onsets());
    private final CardStatus status = new CardStatus();
    private final CueMixer mixer;

    private CardFrameClock clock;
    private int grantedHz = RATE_HZ;
    private float[] block = new float[0];
    private @Nullable AudioOutput output;
    private boolean everOpened;
    private boolean everAnchored;
    private long openedFrame;
    private long startedFrame;
    private long startedNs;
    private int emptyWaits;
    private long backoffNs = BACKOFF_FIRST_NS;
    private long retryNs;
    private String lastFailure = "";

    private volatile boolean stopping;
    private long stopDeadlineNs;
    private long stopFrame = Long.MAX_VALUE;

    /**
     * Makes a loop that opens nothing until it runs.
     *
     * @param config level and output offset
     * @param opener the output
     * @param commands changes of the plan; this loop is the consumer
     * @param counters where cues, underruns, re-anchors and re-openings are counted
     * @param time CLOCK_MONOTONIC
     */
    public AudioLoop(
            AudioConfig config, AudioOpener opener, SlotRing<CueCommand> commands, Counters counters, NanoClock time) {
        this.config = config;
        this.opener = opener;
        this.commands = commands;
        this.counters = counters;
        this.time = time;
        mixer = new CueMixer(config, RATE_HZ, counters, played);
        clock = new CardFrameClock(RATE_HZ, config.offsetNs());
    }

    /**
     * Returns a thread for this loop, named and not started; call once.
     *
     * @param onStart what the thread does first, to be lifted to its priority
     */
    public Thread newThread(Runnable onStart) {
        return Thread.ofPlatform().name("entrain-audio").unstarted(() -> {
            onStart.run();
            run();
        });
    }

    /** Returns the cues as they are written; the caller is the one consumer. Unread, it fills up and loses the newest. */
    public SlotRing<PlayedCue> played() {
        return played;
    }

    /** Returns what any thread may read while the loop runs. */
    public AudioStatistics statistics() {
        return statistics;
    }

    /**
     * Fades out, lets the fade be heard and ends the loop within about 0.6 s, as interrupting its thread does.
     * Thread-safe; does not wait.
     */
    public void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        retryNs = time.nowNs();
        try {
            while (!ended()) {
                AudioOutput open = output;
                if (open == null) {
                    openOrWait();
                } else {
                    cycle(open);
                }
            }
        } finally {
            close();
            statistics.state(State.STOPPED, "stopped");
        }
    }

    private boolean ended() {
        if (Thread.interrupted()) {
            stopping = true;
        }
        if (!stopping) {
            return false;
        }
        if (output == null) {
            return true;
        }
        if (stopFrame == Long.MAX_VALUE) {
            drainCommands();
            mixer.silence();
            // What is queued, the fade and one buffer of zeros are heard before the output closes.
            stopFrame = mixer.nextFrame() + 2L * output.bufferFrames();
            stopDeadlineNs = time.nowNs() + STOP_LIMIT_NS;
        }
        return mixer.nextFrame() >= stopFrame || stopDeadlineNs - time.nowNs() <= 0;
    }

    private void cycle(AudioOutput open) {
        Event event = open.await(status, WAIT_MS);
        switch (event) {
            case READY -> {
                emptyWaits = 0;
                statistics.stalls().add((status.roomFrames - open.periodFrames()) * NS_PER_S / open.rateHz());
                observe();
                onsetCheck.look(status.timeNs, clock);
                drainCommands();
                renderInto(open);
                statistics.cycle(mixer, clock);
                if (runsAway(open)) {
                    fail(open.describe() + " takes sound faster than anybody could hear it, so it is no sound card."
                            + " Set audio.device to another device; 'aplay -L' lists them.");
                } else if (mixer.nextFrame() - openedFrame >= open.rateHz()) {
                    // Only an output that really played earns a quick retry, so that a flapping one is left in peace.
                    backoffNs = BACKOFF_FIRST_NS;
                    lastFailure = "";
                }
            }
            case TIMEOUT -> {
                drainCommands();
                if (++emptyWaits >= STALLED_WAITS) {
                    fail(open.describe() + " takes no sound any more. It is opened again; if that repeats, check the"
                            + " cable and choose another device.");
                }
            }
            case UNDERRUN -> {
                counters.increment(Counter.UNDERRUNS);
                if (open.recover()) {
                    restart(open);
                } else {
                    fail(open.failure());
                }
            }
            case FAILED -> fail(open.failure());
        }
    }

    private void observe() {
        boolean wasAnchored = clock.anchored();
        boolean moved = clock.observe(status.timeNs, mixer.nextFrame() - status.delayFrames);
        if (moved || (!wasAnchored && everAnchored)) {
            counters.increment(Counter.AUDIO_REANCHORS);
        }
        everAnchored = true;
        statistics.residuals().add((long) clock.lastErrorNs());
    }

    /** Returns whether the output took more than twice the sound, and half a second on top, that time has gone by. */
    private boolean runsAway(AudioOutput open) {
        long takenNs = (mixer.nextFrame() - startedFrame) * NS_PER_S / open.rateHz();
        return takenNs - 2 * (time.nowNs() - startedNs) > NS_PER_S / 2;
    }

    private void renderInto(AudioOutput open) {
        int frames = Math.min(status.roomFrames, block.length / 2);
        mixer.render(block, frames, clock);
        if (writeAll(open, frames)) {
            mixer.confirmWritten(onsetCheck);
        } else {
            clock.release(); // The card now counts fewer frames than we do; if it failed, the next wait says so.
        }
    }

    private boolean writeAll(AudioOutput open, int frames) {
        int written = 0;
        // The room was there when asked, so a short write means trouble that the next wait reports.
        for (int attempt = 0; attempt < 4 && written < frames; attempt++) {
            written += open.write(block, written, frames - written);
        }
        return written == frames;
    }

    private void drainCommands() {
        int bound = commands.size();
        for (int i = 0; i < bound; i++) {
            CueCommand command = commands.peek();
            if (command == null || stopFrame != Long.MAX_VALUE) {
                return;
            }
            mixer.apply(command);
            commands.release();
        }
    }

    private void openOrWait() {
        drainCommands();
        long nowNs = time.nowNs();
        mixer.dropBefore(nowNs);
        if (retryNs - nowNs > 0) {
            LockSupport.parkNanos(Math.min(BACKOFF_SLICE_NS, retryNs - nowNs));
            return;
        }
        try {
            AudioOutput opened = opener.open();
            output = opened;
            adopt(opened);
        } catch (AudioException e) {
            waitForRetry(e.getMessage());
        }
    }

    private void adopt(AudioOutput opened) {
        int rateHz = opened.rateHz();
        if (rateHz != grantedHz) {
            grantedHz = rateHz;
            clock = new CardFrameClock(rateHz, config.offsetNs());
        }
        block = new float[2 * opened.bufferFrames()];
        long leadFrames = opened.bufferFrames() + 2L * opened.periodFrames();
        statistics.leadNs(leadFrames * NS_PER_S / rateHz + Math.max(0, config.offsetNs()));
        statistics.slackNs((opened.bufferFrames() - opened.periodFrames()) * NS_PER_S / rateHz);
        if (leadFrames * NS_PER_S / rateHz > LONGEST_LEAD_NS) {
            Logger.warn(
                    "{} queues {} ms, more than cues are planned ahead: some will be late. Choose a hw: device.",
                    opened.describe(),
                    leadFrames * 1000 / rateHz);
        }
        if (everOpened) {
            counters.increment(Counter.AUDIO_REOPENED);
        }
        everOpened = true;
        openedFrame = mixer.nextFrame();
        statistics.state(State.PLAYING, opened.describe());
        // Logged before the start, because the first line of a logger takes longer than the buffer lasts.
        Logger.info("Sound plays on {}", opened.describe());
        restart(opened);
    }

    /** Fills the buffer with silence and starts. */
    private void restart(AudioOutput open) {
        emptyWaits = 0;
        onsetCheck.forget();
        clock.release();
        mixer.restart(open.rateHz());
        int frames = open.bufferFrames();
        Arrays.fill(block, 0, 2 * frames, 0f);
        if (writeAll(open, frames) && open.start()) {
            mixer.skip(frames);
            startedFrame = mixer.nextFrame();
            startedNs = time.nowNs();
        } else {
            fail(open.failure());
        }
    }

    private void fail(String failure) {
        close();
        waitForRetry(failure);
    }

    private void waitForRetry(String failure) {
        retryNs = time.nowNs() + backoffNs;
        backoffNs = Math.min(2 * backoffNs, BACKOFF_LAST_NS);
        statistics.state(State.WAITING, failure);
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            Logger.warn("No sound: {}", failure);
        }
    }

    private void close() {
        AudioOutput open = output;
        output = null;
        if (open != null) {
            open.close();
        }
    }
}

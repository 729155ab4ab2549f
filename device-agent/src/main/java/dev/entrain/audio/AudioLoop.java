package dev.entrain.audio;

import dev.entrain.audio.AudioOutput.Event;
import dev.entrain.audio.AudioStatistics.State;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The body of the audio thread: waits for the output, learns where it stands, takes the changes of the plan, mixes and
 * writes whole periods. An output that stopped is started again at once, one that failed is opened again by
 * {@link OutputRetry}; until then the walk is silent and cues that pass are counted late. After a break sound grows back
 * ({@link SoundReturn}), and if cues are being planned the walker is told that it is back.
 *
 * <p>Silence and {@link #stop} take back what the output has queued ({@link OpenOutput#hush}): with a period until the
 * thread wakes it is exactly silent 21 ms after the command, or 53 ms where the output can't take back.
 *
 * <p>The thread wakes every 5 ms and must not wait longer than the output queues (43 ms). It therefore has to be lifted to
 * real-time priority (SCHED_FIFO 60) while it plays, and the rest of the virtual machine with it (SCHED_FIFO 20): lifted
 * alone it would wait at safepoints for the others. This class does not do that; it says when ({@link Urgency}).
 */
public final class AudioLoop implements Runnable {
    private static final int WAIT_MS = 100;

    /** A card with long periods is not taken to stand still. */
    private static final int PERIODS_WAITED = 2;

    private static final int STALLED_WAITS = 5;
    private static final long RETRY_SLICE_NS = 20_000_000L;
    private static final long STOP_LIMIT_NS = 500_000_000L;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int RATE_HZ = 48_000;
    private static final int PLAYED_SLOTS = 256;

    private final AudioConfig config;
    private final SlotRing<CueCommand> commands;
    private final Counters counters;
    private final NanoClock time;

    private final SlotRing<PlayedCue> played = new SlotRing<>(PLAYED_SLOTS, PlayedCue::new);
    private final AudioStatistics statistics = new AudioStatistics();
    private final OnsetCheck onsetCheck = new OnsetCheck(statistics.onsets());
    private final CardStatus status = new CardStatus();
    private final SoundReturn soundReturn = new SoundReturn();
    private final OutputRetry retry;
    private final CueMixer mixer;

    private Urgency urgency = Urgency.NONE;
    private boolean urgent;
    private CardFrameClock clock;
    private int grantedHz = RATE_HZ;
    private @Nullable OpenOutput output;
    private boolean everAnchored;
    private boolean cuesWanted;
    private long refusedSeen;
    private long openedFrame;
    private long startedFrame;
    private long startedNs;
    private long heardFrame;
    private int emptyWaits;

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
        this(config, opener, commands, counters, time, Backing.NONE);
    }

    /** Makes a loop with something under the beats, such as music. */
    public AudioLoop(
            AudioConfig config,
            AudioOpener opener,
            SlotRing<CueCommand> commands,
            Counters counters,
            NanoClock time,
            Backing backing) {
        this.config = config;
        this.commands = commands;
        this.counters = counters;
        this.time = time;
        mixer = new CueMixer(config, RATE_HZ, counters, played, backing);
        long aheadNs = mixer.aheadFrames() * NS_PER_S / RATE_HZ;
        retry = new OutputRetry(opener, aheadNs, config.offsetNs(), statistics, counters);
        clock = new CardFrameClock(RATE_HZ, config.offsetNs());
    }

    /**
     * Returns a thread for this loop, named and not started; call once.
     *
     * @param priority lifts the thread while it plays
     */
    public Thread newThread(Urgency priority) {
        urgency = priority;
        return Thread.ofPlatform().name("entrain-audio").unstarted(this);
    }

    /** Returns the cues as they are written; the caller is the one consumer. Unread, it fills up and loses the newest. */
    public SlotRing<PlayedCue> played() {
        return played;
    }

    /** Returns what any thread may read while the loop runs. */
    public AudioStatistics statistics() {
        return statistics;
    }

    /** Returns how loud the sound is, and where to lower it. */
    public SoundLevel level() {
        return mixer.level();
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
        statistics.state(State.OPENING, "not open yet", time.nowNs());
        long rounds = 0;
        try {
            while (!ended()) {
                statistics.rounds(++rounds);
                OpenOutput open = output;
                if (open == null) {
                    openOrWait();
                } else {
                    cycle(open);
                }
            }
        } finally {
            close();
            statistics.state(State.STOPPED, "stopped", time.nowNs());
        }
    }

    private boolean ended() {
        if (Thread.interrupted()) {
            stopping = true;
        }
        if (!stopping) {
            return false;
        }
        OpenOutput open = output;
        if (open == null) {
            return true;
        }
        if (stopFrame == Long.MAX_VALUE) {
            drainCommands(open);
            silence(open);
            // What is queued, the fade and one buffer of zeros are heard before the output closes.
            stopFrame = mixer.nextFrame() + 2L * open.bufferFrames();
            stopDeadlineNs = time.nowNs() + STOP_LIMIT_NS;
        }
        return mixer.nextFrame() >= stopFrame || stopDeadlineNs - time.nowNs() <= 0;
    }

    private void cycle(OpenOutput open) {
        Event event =
                open.await(status, Math.max(WAIT_MS, PERIODS_WAITED * 1000 * open.periodFrames() / open.rateHz()));
        switch (event) {
            case READY -> {
                if (emptyWaits > 0 && clock.anchored()) {
                    counters.increment(Counter.AUDIO_STALLS);
                    startAfresh(open); // What it has queued would sound late.
                } else {
                    play(open);
                    hurry(output != null);
                }
            }
            case TIMEOUT -> {
                drainCommands(open);
                if (++emptyWaits >= STALLED_WAITS) {
                    fail(open.describe() + " takes no sound any more. It is opened again; if that repeats, check the"
                            + " cable and choose another device.");
                }
            }
            case UNDERRUN -> {
                counters.increment(Counter.UNDERRUNS);
                heardFrame = mixer.nextFrame(); // It ran dry, so all of it was heard.
                startAfresh(open);
            }
            case SUSPENDED -> {
                counters.increment(Counter.AUDIO_STALLS);
                startAfresh(open);
            }
            case FAILED -> fail(open.failure());
        }
    }

    private void play(OpenOutput open) {
        emptyWaits = 0;
        statistics.stalls().add((status.roomFrames - open.periodFrames()) * NS_PER_S / open.rateHz());
        observe();
        onsetCheck.look(status.timeNs, clock);
        drainCommands(open);
        if (soundReturn.takeWord() && cuesWanted) {
            mixer.say(Prompt.SOUND_BACK);
        }
        renderInto(open);
        statistics.cycle(mixer, clock);
        if (runsAway(open)) {
            fail(open.describe() + " takes sound faster than anybody could hear it, so it is no sound card."
                    + " Set audio.device to another device; 'aplay -L' lists them.");
        } else if (mixer.nextFrame() - openedFrame >= open.rateHz()) {
            retry.played(); // Only after a second, so that a flapping output is left in peace.
        }
    }

    private void observe() {
        boolean wasAnchored = clock.anchored();
        heardFrame = mixer.nextFrame() - status.delayFrames;
        boolean moved = clock.observe(status.timeNs, heardFrame);
        soundReturn.heard(status.timeNs);
        if (moved || (!wasAnchored && everAnchored)) {
            counters.increment(Counter.AUDIO_REANCHORS);
        }
        everAnchored = true;
        statistics.residuals().add((long) clock.lastErrorNs());
    }

    /** Returns whether the output took more than twice the sound, and half a second on top, that time has gone by. */
    private boolean runsAway(OpenOutput open) {
        long takenNs = (mixer.nextFrame() - startedFrame) * NS_PER_S / open.rateHz();
        return takenNs - 2 * (time.nowNs() - startedNs) > NS_PER_S / 2;
    }

    private void renderInto(OpenOutput open) {
        int room = Math.min(status.roomFrames, open.bufferFrames());
        // Whole periods: a card wakes its writer at the end of one, and a few frames more now would let the writer find
        // a few less than a period then and sleep through to the next.
        int frames = room - room % open.periodFrames();
        mixer.render(open.block(), frames, clock);
        soundReturn.process(open.block(), frames);
        if (open.write(frames) == frames) {
            mixer.confirmWritten(onsetCheck);
        }
        count(open);
    }

    /** Makes the mixer count what the output took; if it failed, the next wait says so. */
    private void count(OpenOutput open) {
        mixer.skip((int) (open.nextFrame() - mixer.nextFrame()));
    }

    private void drainCommands(@Nullable OpenOutput open) {
        int bound = commands.size();
        for (int i = 0; i < bound; i++) {
            CueCommand command = commands.peek();
            if (command == null || stopFrame != Long.MAX_VALUE) {
                return;
            }
            if (command.kind == Kind.SILENCE) {
                silence(open);
            } else if (open != null || command.kind != Kind.SAY) { // Words are for now; nobody hears them now.
                cuesWanted |= command.kind == Kind.SCHEDULE;
                mixer.apply(command);
            }
            commands.release();
        }
        long refused = commands.refused();
        if (refused != refusedSeen) {
            refusedSeen = refused; // What was lost, while an output took long to open, may have been the word silence.
            silence(open);
        }
    }

    private void silence(@Nullable OpenOutput open) {
        cuesWanted = false; // Nor are words said about cues any more.
        mixer.silence();
        if (open == null || !clock.anchored()) {
            return;
        }
        int silenced = open.hush();
        if (silenced > 0) {
            mixer.restart(open.rateHz()); // Its own fade would be a second one.
            counters.add(Counter.CUES_UNHEARD, onsetCheck.unheardFrom(open.nextFrame() - silenced));
        }
        count(open);
    }

    private void openOrWait() {
        drainCommands(null);
        long nowNs = time.nowNs();
        mixer.dropBefore(nowNs);
        long dueNs = retry.dueInNs(nowNs);
        if (dueNs > 0) {
            LockSupport.parkNanos(Math.min(RETRY_SLICE_NS, dueNs));
            return;
        }
        AudioOutput opened = retry.open(nowNs);
        if (opened == null) {
            soundReturn.missed(nowNs);
        } else {
            adopt(opened);
        }
    }

    private void adopt(AudioOutput opened) {
        if (opened.rateHz() != grantedHz) {
            grantedHz = opened.rateHz();
            clock = new CardFrameClock(grantedHz, config.offsetNs());
        }
        OpenOutput open = new OpenOutput(opened, mixer.nextFrame());
        output = open;
        openedFrame = mixer.nextFrame();
        emptyWaits = 0;
        start(open);
    }

    /** Throws away what is queued, since it would not sound when it was meant to, and goes on. */
    private void startAfresh(OpenOutput open) {
        emptyWaits = 0;
        if (open.recover()) {
            countUnheard();
            start(open);
        } else {
            fail(open.failure());
        }
    }

    /** Fills the buffer with silence and starts. */
    private void start(OpenOutput open) {
        onsetCheck.forget();
        clock.release();
        mixer.restart(open.rateHz());
        if (open.start()) {
            count(open);
            startedFrame = mixer.nextFrame();
            startedNs = time.nowNs();
            soundReturn.starts(startedNs, open.rateHz());
        } else {
            fail(open.failure());
        }
    }

    private void countUnheard() {
        counters.add(Counter.CUES_UNHEARD, onsetCheck.unheardFrom(heardFrame));
    }

    private void fail(String failure) {
        countUnheard();
        close();
        long nowNs = time.nowNs();
        soundReturn.missed(nowNs);
        retry.failed(failure, nowNs);
    }

    private void close() {
        OpenOutput open = output;
        output = null;
        hurry(false); // What opens it again is cold, and may take the card long.
        if (open != null) {
            open.close();
        }
    }

    private void hurry(boolean now) {
        if (urgent != now) {
            urgent = now;
            urgency.set(now);
        }
    }
}

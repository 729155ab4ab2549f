package dev.entrain.agent;

import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.AudioOutputs;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.Backing;
import dev.entrain.audio.LevelSetting;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.PlayedCue;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.audio.wav.WavOpener;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.calibration.OutputLatency;
import dev.entrain.config.AgentConfig;
import dev.entrain.cue.CueCommand;
import dev.entrain.exposure.ExposureState;
import dev.entrain.exposure.ExposureWatch;
import dev.entrain.health.Counters;
import dev.entrain.journal.TimingReport;
import dev.entrain.realtime.RealTime;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * What a walk sounds on: the card or file that was chosen, how loud and how late it is, the thread that keeps it full, and what
 * the ears are given of it.
 */
final class WalkSound {
    private static final Duration AUDIO_END = Duration.ofSeconds(2);
    private static final Duration EXPOSURE_END = Duration.ofSeconds(2);

    private final AgentConfig config;
    private final AudioOutputs.Choice choice;
    private final OutputLatency output;
    private final LevelSetting level;
    private final AudioLoop loop;
    private final Thread thread;
    private @Nullable ExposureWatch exposure;

    /**
     * Chooses the output; nothing sounds before {@link #start}.
     *
     * @param cues consumed by the sound thread alone
     * @param realTime lifts that thread as far as it was granted
     * @param backing what sounds under the beats
     */
    WalkSound(
            AgentConfig config,
            SlotRing<CueCommand> cues,
            Counters counters,
            NanoClock clock,
            RealTime realTime,
            Backing backing) {
        this.config = config;
        choice = AudioOutputs.choose(
                config.audio(),
                new AlsaOpener(config.audio().device(), clock),
                new WavOpener(config.audio().wavFile(), clock));
        output = choice.card()
                ? OutputLatency.ofCard(config.audio(), new CalibrationStore(config.stateDir()))
                : OutputLatency.ofFile(config.audio());
        level = LevelSetting.of(output.audio(), output.calibration());
        loop = new AudioLoop(level.audio(), choice.opener(), cues, counters, clock, backing);
        thread = loop.newThread(realTime::renderThread);
    }

    /** Has the dose kept where somebody hears; a file nobody hears. Before {@link #start}. */
    void expose(NanoClock clock, WallClock wall, String bootId, Runnable lowered) {
        if (choice.card()) {
            exposure = new ExposureWatch(config.stateDir(), loop.level(), level, clock, wall, bootId, lowered);
        }
    }

    /** Tells what was chosen and what is doubtful of it. */
    void tell() {
        Logger.info(choice.message());
        tell(output.notice(), output.doubtful());
        if (choice.card()) {
            tell(level.notice(), level.doubtful());
        }
    }

    void start() {
        thread.start();
    }

    void startExposure() {
        ExposureWatch watch = exposure;
        if (watch != null) {
            watch.start();
        }
    }

    /** Silence as soon as the card allows; the thread ends by itself. Any thread. */
    void silence() {
        loop.stop();
    }

    /** Silences, then waits until thread and dose have ended, each within its bound. */
    void end() {
        loop.stop();
        ThreadEnd.await(thread, AUDIO_END);
        ExposureWatch watch = exposure;
        if (watch != null) {
            watch.stop(EXPOSURE_END);
        }
    }

    boolean card() {
        return choice.card();
    }

    /** Returns the card's name for reports, or null where sound goes to a file. */
    @Nullable
    String device() {
        return choice.card() ? config.audio().device() : null;
    }

    /** Returns how loud the card was set, or null where sound goes to a file. */
    @Nullable
    LevelSetting level() {
        return choice.card() ? level : null;
    }

    OutputCalibration calibration() {
        return output.calibration();
    }

    /** Returns how much earlier than heard a cue is handed over, ns. */
    long delayNs() {
        return output.audio().delayNs();
    }

    AudioStatistics statistics() {
        return loop.statistics();
    }

    SlotRing<PlayedCue> played() {
        return loop.played();
    }

    long threadId() {
        return thread.threadId();
    }

    /** Returns what the ears were given; null where nobody hears. Thread-safe. */
    @Nullable
    ExposureState exposure() {
        ExposureWatch watch = exposure;
        return watch == null ? null : watch.state();
    }

    /** Returns the sound dose for the clinic; null where none is kept. */
    TimingReport.@Nullable Exposure exposed() {
        ExposureState state = exposure();
        return state == null
                ? null
                : new TimingReport.Exposure(
                        state.dosePct7d(), state.mostPct7d(), state.levelDbSpl(), state.attenuationDb());
    }

    private static void tell(String notice, boolean doubtful) {
        if (doubtful) {
            Logger.warn("{}", notice);
        } else if (!notice.isEmpty()) {
            Logger.info("{}", notice);
        }
    }
}

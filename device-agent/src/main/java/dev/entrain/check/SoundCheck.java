package dev.entrain.check;

import dev.entrain.agent.RunningAgent;
import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.LevelSetting;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.calibration.OutputLatency;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Whether sound comes out: the card, what it granted, whether it ran dry, its latency and the level at the ear. */
public final class SoundCheck implements Check {
    private static final String AREA = "sound";
    private static final int WANTED_HZ = 48_000;
    private static final double LONGEST_BUFFER_S = 0.12;
    private static final String LISTEN =
            "Run `entrain cue-test` between sessions: it tells the card's fault from the unit's";

    private final AudioConfig config;
    private final Path stateDir;
    private final Supplier<OutputFigures> source;

    private SoundCheck(AudioConfig config, Path stateDir, Supplier<OutputFigures> source) {
        this.config = config;
        this.stateDir = stateDir;
        this.source = source;
    }

    /**
     * Returns one that opens the card itself and plays a second of silence; the agent must not run.
     *
     * @param stateDir where the calibrations are
     * @param card opens the sound card of the configuration
     */
    public static SoundCheck opening(AudioConfig config, Path stateDir, AudioOpener card, NanoClock clock) {
        return new SoundCheck(config, stateDir, () -> new OutputTrial(card, clock).run());
    }

    /** Returns one that takes what the running agent tells. */
    public static SoundCheck of(AudioConfig config, Path stateDir, RunningAgent agent) {
        return new SoundCheck(config, stateDir, () -> OutputFigures.of(agent.status(), agent.runningS()));
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        if (config.output() == AudioConfig.Output.WAV) {
            return List.of(Finding.warn(
                    AREA,
                    "card",
                    "sound goes to the file " + config.wavFile() + "; nobody hears it",
                    "Set [audio] output = \"alsa\" and device to the unit's card (aplay -L)"));
        }
        List<Finding> findings = new ArrayList<>();
        OutputFigures output = source.get();
        if (output.playing()) {
            findings.add(Finding.ok(AREA, "card", output.text().replaceFirst(" \\(.*", "")));
            findings.add(granted(output));
            findings.add(flow(output));
        } else {
            findings.add(Words.fail(AREA, "card", output.text(), "Plug the card in, and see aplay -L"));
        }
        calibration(findings);
        return findings;
    }

    /** The notice without what a technician may do if he wants. */
    private static String plain(String notice) {
        int at = notice.indexOf(". To know it");
        return at < 0 ? notice : notice.substring(0, at);
    }

    private static Finding granted(OutputFigures output) {
        String value = String.format(
                Locale.ROOT,
                "%d Hz, %d bit, period %d, buffer %d frames (%.0f ms)",
                output.rateHz(),
                output.bits(),
                output.periodFrames(),
                output.bufferFrames(),
                output.rateHz() == 0 ? 0 : 1000.0 * output.bufferFrames() / output.rateHz());
        boolean odd =
                output.rateHz() != WANTED_HZ || output.bufferFrames() > LONGEST_BUFFER_S * Math.max(1, output.rateHz());
        return odd
                ? Finding.warn(
                        AREA,
                        "granted",
                        value,
                        "Not what was asked for (48000 Hz, 2048 frames): name the card itself in [audio] device, such as"
                                + " hw:CARD=..., not a mixing device")
                : Finding.ok(AREA, "granted", value);
    }

    private static Finding flow(OutputFigures output) {
        String value = String.format(
                Locale.ROOT,
                "%d underruns, %d stalls, %d openings anew, %d late cues in %s",
                output.underruns(),
                output.stalls(),
                output.reopened(),
                output.late(),
                Figures.duration(output.overS()));
        if (output.stallMaxUs() >= 0) {
            value += String.format(Locale.ROOT, "; sound thread late by %.1f ms at most", output.stallMaxUs() / 1000.0);
        }
        boolean broken = output.underruns() + output.stalls() + output.reopened() + output.late() > 0;
        return broken ? Finding.warn(AREA, "breaks", value, LISTEN) : Finding.ok(AREA, "breaks", value);
    }

    private void calibration(List<Finding> to) {
        CalibrationStore store = new CalibrationStore(stateDir);
        OutputLatency latency = OutputLatency.ofCard(config, store);
        if (latency.doubtful()) {
            boolean wireless = OutputLatency.routeOf(config.device()) == OutputLatency.Route.BLUETOOTH;
            to.add(Finding.warn(
                    AREA,
                    "latency",
                    wireless
                            ? "not measured; Bluetooth adds 100 to 200 ms"
                            : "not measured, and '" + config.device() + "' may lead anywhere, to Bluetooth too",
                    "Name the card itself (hw:CARD=...), or: entrain calibrate output --config FILE"));
        } else {
            to.add(Finding.ok(AREA, "latency", latency.notice().isEmpty() ? "as configured" : plain(latency.notice())));
        }
        try {
            LevelSetting level = LevelSetting.of(latency.audio(), store.read(config.device()));
            if (level.doubtful() && Double.isNaN(level.beatDbSpl())) {
                to.add(Finding.warn(
                        AREA,
                        "level",
                        String.format(
                                Locale.ROOT,
                                "headphones not calibrated: level and sound dose unknown (%.0f dBFS)",
                                config.levelDbfs()),
                        "entrain calibrate headphones --config FILE, with a sound level meter"));
            } else if (level.doubtful()) {
                to.add(Words.of(
                        Verdict.WARN, AREA, "level", level.notice(), "Calibrate anew: entrain calibrate headphones"));
            } else {
                to.add(Finding.ok(
                        AREA,
                        "level",
                        String.format(Locale.ROOT, "a beat is %.1f dB(A) at the ear", level.beatDbSpl())));
            }
        } catch (AccessDeniedException e) {
            to.add(Finding.fail(
                    AREA,
                    "level",
                    e.getFile() + ": permission denied",
                    "Run this as root (sudo) or as the agent's user"));
        } catch (IOException e) {
            to.add(Words.fail(AREA, "level", String.valueOf(e.getMessage()), "Calibrate again"));
        }
    }
}

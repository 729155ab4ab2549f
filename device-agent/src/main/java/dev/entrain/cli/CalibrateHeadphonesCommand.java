package dev.entrain.cli;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioException;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.calibration.HeadphoneLevel;
import dev.entrain.calibration.ReferenceTone;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.time.NanoClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain calibrate headphones}. */
@Command(
        name = "headphones",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out how loud the headphones are, so that the level can be set in dB SPL and the sound dose counted.",
            "Plays a quiet 1 kHz tone and asks what a sound level meter shows; or takes the figures of datasheets.",
            "Holds for these headphones at this volume of the card's mixer: measure again when either changes."
        })
final class CalibrateHeadphonesCommand implements Callable<Integer> {
    private static final double LOOK_S = 0.05;
    private static final double LONGEST_S = 180;
    private static final double TONE_MIN = -60;
    private static final double TONE_MAX = -20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
    private Path config = Path.of("");

    @Option(
            names = "--tone-dbfs",
            paramLabel = "DB",
            defaultValue = "-40",
            description = {
                "Level of the tone, dB below full scale, " + (int) TONE_MIN + " to " + (int) TONE_MAX
                        + " (default: ${DEFAULT-VALUE}, 80 dB SPL on",
                "headphones as loud as 120 dB SPL at full scale)."
            })
    private double toneDbfs;

    @Option(
            names = "--reading",
            paramLabel = "DBA",
            description = "What the meter showed when the tone played before; plays nothing.")
    private @Nullable Double reading;

    @Option(
            names = "--sensitivity",
            paramLabel = "DB_SPL_PER_V",
            description = {
                "The headphones' sensitivity at 1 kHz, dB SPL at 1 V r.m.s.; with --full-scale-v instead of a meter.",
                "From dB SPL/mW: add 30, subtract 10 log10(ohm)."
            })
    private @Nullable Double sensitivity;

    @Option(
            names = "--full-scale-v",
            paramLabel = "V",
            description = "The output's r.m.s. voltage at full scale with these headphones, V.")
    private @Nullable Double fullScaleV;

    @Override
    public Integer call() throws IOException, ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        checkOptions();
        AgentConfig read = AgentConfig.read(config);
        CalibrationStore store = new CalibrationStore(read.stateDir());
        store.checkWritable();
        String device = read.audio().device();
        // Read first: a damaged file is told before anything sounds.
        var known = store.read(device);
        double fullScale;
        try {
            if (sensitivity != null && fullScaleV != null) {
                fullScale = HeadphoneLevel.fromDatasheet(sensitivity, fullScaleV);
            } else {
                Double shown = reading == null ? play(read.audio(), out) : reading;
                if (shown == null) {
                    out.println("No reading given; nothing is kept.");
                    out.flush();
                    return 1;
                }
                fullScale = HeadphoneLevel.fromReading(shown, toneDbfs);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + "; nothing is kept", e);
        }
        store.write(device, known.withFullScale(fullScale));
        out.printf(
                Locale.ROOT,
                "Kept for '%s' in %s: a full-scale 1 kHz tone is %.1f dB SPL at the ear. level_db_spl may now be set.%n",
                device,
                read.stateDir(),
                fullScale);
        out.flush();
        return 0;
    }

    private void checkOptions() {
        if ((sensitivity == null) != (fullScaleV == null)) {
            throw new ParameterException(spec.commandLine(), "--sensitivity and --full-scale-v go together");
        }
        if (sensitivity != null && reading != null) {
            throw new ParameterException(
                    spec.commandLine(), "give a meter's --reading or the datasheets' figures, not both");
        }
        if (!(toneDbfs >= TONE_MIN && toneDbfs <= TONE_MAX)) {
            throw new ParameterException(
                    spec.commandLine(), "--tone-dbfs must be " + TONE_MIN + " to " + TONE_MAX + " dB, not " + toneDbfs);
        }
    }

    /** Plays until a number comes, returns it; null if none came. */
    private @Nullable Double play(AudioConfig audio, PrintWriter out) throws IOException {
        if (audio.output() == AudioConfig.Output.WAV) {
            throw new IOException(
                    "Sound goes to a file by this configuration, and a file has no headphones. Set [audio]"
                            + " output to \"alsa\".");
        }
        out.println("Nobody may wear the headphones now. Put one side tightly onto the meter, meter on A and Fast.");
        out.printf(
                Locale.ROOT,
                "In 3 s a 1 kHz tone of %.0f dBFS grows on '%s' within 4 s and plays until you answer, at most %.0f s."
                        + " Ctrl-C fades it.%n",
                toneDbfs,
                audio.device(),
                LONGEST_S);
        out.flush();
        try (Ending ending = new Ending();
                ReferenceTone tone = new ReferenceTone(new AlsaOpener(audio.device(), NanoClock.SYSTEM), toneDbfs)) {
            if (ending.await(3)) {
                return null;
            }
            tone.start();
            return ask(tone, ending, out);
        } catch (AudioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static @Nullable Double ask(ReferenceTone tone, Ending ending, PrintWriter out) throws IOException {
        // Not closed: standard input belongs to the process.
        BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        boolean asked = false;
        for (int look = 0; look < LONGEST_S / LOOK_S; look++) {
            if (!tone.failure().isEmpty()) {
                throw new IOException(tone.failure());
            }
            if (tone.steady() && !asked) {
                // Not before: who reads the meter while the tone grows reads too little.
                asked = true;
                out.print("What does the meter show, in dB(A)? ");
                out.flush();
            }
            if (asked && answers.ready()) {
                String answer = answers.readLine();
                try {
                    return Double.valueOf(answer == null ? "" : answer.strip().replace(',', '.'));
                } catch (NumberFormatException e) {
                    out.print("'" + answer + "' is no number. What does the meter show, in dB(A)? ");
                    out.flush();
                }
            }
            if (ending.await(LOOK_S)) {
                return null;
            }
        }
        return null;
    }
}

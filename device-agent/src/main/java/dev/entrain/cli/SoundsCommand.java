package dev.entrain.cli;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.Audition;
import dev.entrain.audio.LevelSetting;
import dev.entrain.audio.SoundFigures;
import dev.entrain.audio.Timbre;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.audio.wav.WavFile;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain sounds}. */
@Command(
        name = "sounds",
        mixinStandardHelpOptions = true,
        description = {
            "Plays every sound a walker may hear, one after the other, and tells how loud each is.",
            "Nobody should wear the headphones at first: set the level of the amplifier low."
        })
final class SoundsCommand implements Callable<Integer> {
    private static final int FILE_RATE_HZ = 48_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Takes device and level from its [audio].")
    private @Nullable Path config;

    @Option(names = "--device", paramLabel = "NAME", description = "The ALSA device; 'aplay -L' lists them.")
    private @Nullable String device;

    @Option(names = "--wav", paramLabel = "FILE", description = "Writes the sounds there instead of playing them.")
    private @Nullable Path wav;

    @Option(
            names = "--timbre",
            paramLabel = "NAME",
            description = "Only cues of this one, or these: ${COMPLETION-CANDIDATES}. Default: all, and the prompts.")
    private List<Timbre> timbres = new ArrayList<>();

    @Override
    public Integer call() throws IOException, ConfigException {
        OutputFile.check(spec, "--wav", wav);
        AudioConfig audio = audio();
        PrintWriter out = spec.commandLine().getOut();
        if (wav != null) {
            Audition audition = audition(FILE_RATE_HZ, audio);
            print(audition, out);
            try (WavFile file = new WavFile(wav, FILE_RATE_HZ)) {
                float[] stereo = audition.stereo();
                file.write(stereo, 0, stereo.length / 2);
            }
            out.println("Written to " + wav);
            return 0;
        }
        String name = device == null ? audio.device() : device;
        try (Ending ending = new Ending();
                AudioOutput card = new AlsaOpener(name, NanoClock.SYSTEM).open()) {
            Audition audition = audition(card.rateHz(), audio);
            print(audition, out);
            out.println("Playing on " + card.describe());
            out.flush();
            Audition.play(audition.stereo(), card, () -> ending.await(0));
            return 0;
        } catch (AudioException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    /** As configured, at the level that the headphones' calibration gives. */
    private AudioConfig audio() throws ConfigException, IOException {
        if (config == null) {
            return AudioConfig.DEFAULT;
        }
        AgentConfig unit = AgentConfig.read(config);
        String name = device == null ? unit.audio().device() : device;
        return LevelSetting.of(unit.audio(), new CalibrationStore(unit.stateDir()).read(name))
                .audio();
    }

    private Audition audition(int rateHz, AudioConfig audio) {
        Audition audition = new Audition(rateHz, audio.loudness());
        for (Timbre timbre : timbres.isEmpty() ? List.of(Timbre.values()) : timbres) {
            audition.addCues(timbre, audio);
        }
        if (timbres.isEmpty()) {
            audition.addPrompts(audio);
        }
        return audition;
    }

    private static void print(Audition audition, PrintWriter out) {
        out.println("sound          foot   form       ms    LUFS   dB(A)    dBTP  onset ms");
        for (Audition.Sound sound : audition.sounds()) {
            SoundFigures figures = SoundFigures.of(sound.mono(), sound.gain(), audition.rateHz());
            out.printf(
                    Locale.ROOT,
                    "%-14s %-6s %-6s %6d  %6.1f  %6.1f  %6.1f  %8.1f%n",
                    sound.name(),
                    sound.foot(),
                    sound.form(),
                    Math.round(sound.mono().length * 1000.0 / audition.rateHz()),
                    figures.loudnessLufs(),
                    figures.exposureDbA(),
                    figures.peakDbtp(),
                    figures.perceivedMs());
        }
        out.println(
                "LUFS: loudest 400 ms. dB(A): energy, against a full-scale 1 kHz sine of 1 s. onset: where it is perceived.");
    }
}

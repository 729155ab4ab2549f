package dev.entrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.music.MusicException;
import dev.entrain.musictest.FollowResult;
import dev.entrain.musictest.FollowTest;
import dev.entrain.musictest.FollowTest.Row;
import dev.entrain.musictest.FollowTest.SmoothRow;
import dev.entrain.musictest.LagSpread;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain music-follow}. */
@Command(
        name = "music-follow",
        mixinStandardHelpOptions = true,
        hidden = true,
        description = {
            "Plays pieces with exactly known beats on the cues of simulated patients, faster than real time, and measures"
                    + " where each beat sounds.",
            "Exit status 0: each ratio of tempos within 3 ms (95 %) and 6 ms (most), no break, level within 1 dB; 1: not."
        })
final class MusicFollowCommand implements Callable<Integer> {
    private static final double P95_MS = 3;
    private static final double MOST_MS = 6;
    private static final double LEVEL_DB = 1;
    private static final int LEAST_S = 30;
    private static final int MOST_S = 3600;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "120",
            description = "Length of each walk (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the patients. Default: 1.")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the result there as JSON.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (!(seconds >= LEAST_S && seconds <= MOST_S)) {
            throw new ParameterException(spec.commandLine(), "--seconds must be " + LEAST_S + " to " + MOST_S);
        }
        OutputFile.check(spec, "--json", json);
        PrintWriter out = spec.commandLine().getOut();
        FollowTest test;
        try {
            test = new FollowTest(new SoundTouchStretchers(), seconds, seed);
        } catch (MusicException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
        out.println("Beats heard minus planned, ms. Stretch: how much faster than its own tempo a song was heard.");
        out.println("plan       cadence song bpm stretch %  beats music %    p50    p95   most    bias  cpu %");
        out.flush();
        List<Row> rows = test.walks(row -> {
            out.println(line(row));
            out.flush();
        });
        SortedMap<Double, LagSpread> ratios = FollowTest.byRatio(rows);
        out.println("All walks by cadence over song tempo:  beats    p50    p95   most    bias");
        ratios.forEach((ratio, it) -> out.printf(
                Locale.ROOT,
                "                                %5.3f  %5d %6.2f %6.2f %6.2f %+7.2f%n",
                ratio,
                it.count(),
                it.p50Ms(),
                it.p95Ms(),
                it.mostMs(),
                it.biasMs()));
        out.flush();
        List<SmoothRow> smooth = test.smooth();
        out.println("Smooth piece: stretch %  breaks  level dB");
        for (SmoothRow row : smooth) {
            out.printf(
                    Locale.ROOT,
                    "              %+9.1f  %6d  %+.2f to %+.2f%n",
                    row.stretchPct(),
                    row.breaks(),
                    row.level().leastDb(),
                    row.level().mostDb());
        }
        out.flush();
        if (json != null) {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(
                            json.toFile(),
                            Map.of(
                                    "seconds", seconds, "seed", seed, "ratios", ratios, "walks", rows, "smooth",
                                    smooth));
        }
        return ratios.values().stream().allMatch(MusicFollowCommand::kept)
                        && smooth.stream().allMatch(MusicFollowCommand::even)
                ? 0
                : 1;
    }

    private static boolean kept(LagSpread it) {
        return it.count() > 0 && it.p95Ms() <= P95_MS && it.mostMs() <= MOST_MS;
    }

    private static boolean even(SmoothRow row) {
        return row.breaks() == 0
                && row.level().leastDb() >= -LEVEL_DB
                && row.level().mostDb() <= LEVEL_DB;
    }

    private static String line(Row row) {
        FollowResult result = row.result();
        LagSpread it = result.spread();
        return String.format(
                Locale.ROOT,
                "%-10s %7.0f %8.1f %+9.1f %6d %7.1f %6.2f %6.2f %6.2f %+7.2f %6.2f",
                row.plan().name().toLowerCase(Locale.ROOT),
                row.cadenceSpm(),
                row.songBpm(),
                result.stretchMedianPct(),
                it.count(),
                100 * result.carriedShare(),
                it.p50Ms(),
                it.p95Ms(),
                it.mostMs(),
                it.biasMs(),
                100 * result.cpuShare());
    }
}

package dev.entrain.bench;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks, about a minute and a half, and prints what a sample and a frame of sound cost. */
public final class Bench {
    private static final String BYTES = "gc.alloc.rate.norm";
    private static final int SAMPLES_PER_S = 400;

    private Bench() {}

    /** Runs and prints. */
    public static void main(String[] args) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(GaitBenchmark.class.getSimpleName())
                .include(SoundBenchmark.class.getSimpleName())
                .forks(2)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgs("-XX:+UseSerialGC", "-Xmx64m", "--sun-misc-unsafe-memory-access=allow")
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        System.out.println(
                "Cost of one sample (JMH, 2 forks of 5 s each, one thread; mean +- 99.9 % interval, quietest second):");
        print(results, "tracker", "PairTracker, both feet at 200 Hz");
        print(results, "peer", "peer: 6 Butterworth low-passes, threshold on a given axis");
        print(results, "loop", "handing the sample over (in both)");
        double loopNs = quietest(results, "loop");
        System.out.printf(
                Locale.ROOT,
                "Without the hand-over the tracker takes %.0f times the peer; two feet at 200 Hz keep a core busy for %.3f %%.%n",
                (quietest(results, "tracker") - loopNs) / (quietest(results, "peer") - loopNs),
                quietest(results, "tracker") * SAMPLES_PER_S * 1e-9 * 100);
        System.out.println("Cost of one frame of sound at 48 kHz:");
        print(results, "walking", "two beats a second");
        print(results, "silent", "no sound");
        print(results, "limiting", "12 times a second five accents at once, which the limiter holds down");
        WorstCall.print(200);
        WorstCall.print(400);
        System.out.println("Initial contacts found in the minute: " + WalkLoop.contactsFound());
    }

    private static void print(Collection<RunResult> results, String name, String what) {
        Result<?> time = find(results, name).getPrimaryResult();
        Result<?> bytes = find(results, name).getSecondaryResults().get(BYTES);
        System.out.printf(
                Locale.ROOT,
                "  %8.1f +- %5.1f ns, %6.1f ns  %6.3f bytes  %s%n",
                time.getScore(),
                time.getScoreError(),
                quietest(results, name),
                bytes == null ? Double.NaN : bytes.getScore(),
                what);
    }

    private static double quietest(Collection<RunResult> results, String name) {
        return find(results, name).getPrimaryResult().getStatistics().getMin();
    }

    private static RunResult find(Collection<RunResult> results, String name) {
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().endsWith("." + name)) {
                return result;
            }
        }
        throw new IllegalStateException("no result of " + name);
    }
}

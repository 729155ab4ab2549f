package dev.entrain.closedloop;

import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueConfig.PolicyName;
import dev.entrain.session.Programme;
import dev.entrain.sim.patient.PatientPresets;
import dev.entrain.sim.patient.PatientProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Many sessions of many simulated people: each seed is another person of its kind. Sessions run on a fixed number of
 * threads and are counted in order, so the figures do not depend on them.
 */
public final class Population implements AutoCloseable {
    private final ExecutorService threads;
    private final long firstSeed;
    private final int seeds;
    private final Consumer<LoopChecks> progress;

    /**
     * @param threads how many sessions at once, 1 to 64
     * @param firstSeed seed of the first person
     * @param seeds how many people of each kind
     * @param progress hears of each session when it is counted
     */
    public Population(int threads, long firstSeed, int seeds, Consumer<LoopChecks> progress) {
        this.threads = Executors.newFixedThreadPool(threads);
        this.firstSeed = firstSeed;
        this.seeds = seeds;
        this.progress = progress;
    }

    /** Returns the person of a kind that a seed stands for. */
    public static PatientProfile person(String kind, long seed) {
        return PatientPresets.named(kind).individual(seed);
    }

    /**
     * Gives every person of a kind a programme.
     *
     * @throws InterruptedException if the caller is interrupted; sessions that run are given up
     */
    public SessionRow sessions(String kind, Programme programme) throws InterruptedException {
        SessionRow row = new SessionRow(kind, programme.name());
        each(
                seed -> {
                    LoopResult result = ClosedLoop.session(person(kind, seed), programme, LoopOptions.plain(seed));
                    return new SessionRow.Entry(result.checks(), SessionFigures.of(result));
                },
                entry -> {
                    row.add(entry);
                    progress.accept(entry.checks());
                });
        return row;
    }

    /**
     * Lets every person of a kind walk with a policy.
     *
     * @param minutes length of the walk, 1 to 600
     * @throws InterruptedException if the caller is interrupted
     */
    public PolicyRow walks(String kind, PolicyName policy, double minutes) throws InterruptedException {
        CueConfig cue = CueConfig.DEFAULT.with(policy);
        PolicyRow row = new PolicyRow(policy, kind);
        each(
                seed -> {
                    LoopResult result = ClosedLoop.walk(person(kind, seed), cue, minutes * 60, LoopOptions.plain(seed));
                    return PolicyRow.Entry.of(result);
                },
                entry -> {
                    row.add(entry);
                    progress.accept(entry.checks());
                });
        return row;
    }

    private <T> void each(LongFunction<T> task, Consumer<T> counted) throws InterruptedException {
        List<Future<T>> futures = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            long one = seed;
            futures.add(threads.submit(() -> task.apply(one)));
        }
        for (int i = 0; i < futures.size(); i++) {
            try {
                counted.accept(futures.get(i).get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("seed " + (firstSeed + i) + ": " + e.getCause(), e);
            }
        }
    }

    /** Gives up what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}

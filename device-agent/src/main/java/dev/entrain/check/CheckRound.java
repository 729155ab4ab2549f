package dev.entrain.check;

import dev.entrain.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tinylog.Logger;

/** Lets checks look at the same time, each on a thread of its own, and waits for all of them within one limit. */
public final class CheckRound {
    private CheckRound() {}

    /**
     * Looks.
     *
     * @param checks in the order of their findings
     * @param limit for all of them together; what has not come by then is a failure of that check
     * @param clock CLOCK_MONOTONIC
     */
    public static List<Finding> look(List<Check> checks, Duration limit, NanoClock clock) {
        long endNs = clock.nowNs() + limit.toNanos();
        List<FutureTask<List<Finding>>> tasks = new ArrayList<>();
        for (Check check : checks) {
            FutureTask<List<Finding>> task = new FutureTask<>(check::look);
            tasks.add(task);
            Thread.ofPlatform().daemon().name("check " + check.area()).start(task);
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            findings.addAll(await(checks.get(i), tasks.get(i), Math.max(0, endNs - clock.nowNs())));
        }
        return findings;
    }

    private static List<Finding> await(Check check, FutureTask<List<Finding>> task, long atMostNs) {
        try {
            return task.get(atMostNs, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return List.of(Finding.fail(
                    check.area(),
                    "check",
                    "no answer in time",
                    "Something stands still or the unit is very busy: run it again; if it stays, start the unit anew"));
        } catch (ExecutionException e) {
            Logger.error(e, "The check of {} failed", check.area());
            return List.of(Finding.fail(
                    check.area(),
                    "check",
                    "could not be done: " + e.getCause(),
                    "This is a bug: send the bundle (entrain doctor --bundle FILE) to the developers"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.skipped(check.area(), "check", "was interrupted"));
        }
    }
}

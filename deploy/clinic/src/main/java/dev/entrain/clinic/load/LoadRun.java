package dev.entrain.clinic.load;

import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.DatabaseException;
import dev.entrain.clinic.store.EmbeddedDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One run: emulated units for a while, then a count of what they made against what is stored. */
public final class LoadRun {
    private static final long RESEND_NS = 15_000_000_000L;
    private static final long SETTLE_LIMIT_NS = 90_000_000_000L;
    private static final long POLL_NS = 50_000_000L;
    /** Java programs that have just started are slow; what is sent meanwhile is counted, but not timed. */
    private static final int WARM_UP_S = 15;

    private static final int FILES_BESIDE_UNITS = 200;

    /**
     * What to run.
     *
     * @param units how many
     * @param rate messages per second of each, half of them state, half batches of five records
     * @param seconds for how long
     * @param receivers how many processes
     */
    public record Plan(int units, double rate, int seconds, int receivers) {}

    private final Plan plan;
    private final PrintWriter out;

    /** Takes what to run and where to print. */
    public LoadRun(Plan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @return whether everything made was stored, once
     */
    public boolean run() throws IOException, DatabaseException, SQLException {
        checkFiles();
        Path folder = Files.createTempDirectory("entrain-load");
        FleetPlan fleetPlan = new FleetPlan(plan.units(), (long) (2e9 / plan.rate()), RESEND_NS);
        boolean same;
        try (EmbeddedDatabase server = EmbeddedDatabase.in(folder.resolve("database"));
                Database database = Database.open(server.config());
                LoadStage stage = new LoadStage(folder, server)) {
            List<ProcessFigures> figures = new ArrayList<>();
            figures.add(ProcessFigures.tree("mosquitto", stage.broker().pid()));
            for (int i = 0; i < plan.receivers(); i++) {
                figures.add(ProcessFigures.tree(
                        "receiver " + (i + 1), stage.startReceiver().pid()));
            }
            figures.add(ProcessFigures.tree("postgres", server.pid()));
            figures.add(
                    ProcessFigures.alone("units (this)", ProcessHandle.current().pid()));
            same = measure(stage, database, fleetPlan, figures);
        }
        if (same) {
            remove(folder);
        } else {
            out.printf(Locale.ROOT, "logs are in %s%n", folder);
        }
        return same;
    }

    private boolean measure(LoadStage stage, Database database, FleetPlan fleetPlan, List<ProcessFigures> figures)
            throws SQLException, IOException {
        Fleet fleet = new Fleet(stage.address(), "load", fleetPlan);
        double seconds;
        double settleS;
        try (fleet) {
            fleet.start();
            await(() -> fleet.unitsUp() == plan.units() || fleet.failure() != null);
            out.printf(Locale.ROOT, "%d of %d units connected%n", fleet.unitsUp(), plan.units());
            fleet.make(true);
            pause(WARM_UP_S, fleet);
            figures.forEach(ProcessFigures::begin);
            fleet.latencies().startOver();
            long startNs = System.nanoTime();
            pause(plan.seconds(), fleet);
            fleet.make(false);
            seconds = (System.nanoTime() - startNs) / 1e9;
            printFigures(figures, seconds);
            await(() -> fleet.recordsWaiting() == 0 || fleet.failure() != null);
            settleS = (System.nanoTime() - startNs) / 1e9 - seconds;
        }
        return verdict(fleet, database, seconds, settleS);
    }

    private void printFigures(List<ProcessFigures> figures, double seconds) throws IOException {
        out.printf(Locale.ROOT, "%-14s %12s %10s%n", "process", "% of a core", "MB");
        for (ProcessFigures figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %12.1f %10.0f%n",
                    figure.name(),
                    100 * figure.usedS() / seconds,
                    figure.memoryMb());
        }
        out.printf(
                Locale.ROOT,
                "load average of the machine: %s%n",
                Files.readString(Path.of("/proc/loadavg")).strip());
    }

    private boolean verdict(Fleet fleet, Database database, double seconds, double settleS) throws SQLException {
        Map<String, Long> made = fleet.made();
        Map<String, Long> stored = stored(database);
        long madeAll = made.values().stream().mapToLong(Long::longValue).sum();
        long storedAll = stored.values().stream().mapToLong(Long::longValue).sum();
        boolean same = made.equals(stored);
        Latencies times = fleet.latencies();
        out.printf(
                Locale.ROOT,
                "%nbatches of records   %d acknowledged from second 15 on, in %.1f s, %.0f a second%n",
                times.count(),
                seconds,
                times.count() / seconds);
        out.printf(Locale.ROOT, "records made         %d%nrecords stored       %d%n", madeAll, storedAll);
        out.printf(
                Locale.ROOT,
                "not acknowledged     %d (waited %.1f s after the end)%n",
                fleet.recordsWaiting(),
                settleS);
        out.printf(
                Locale.ROOT,
                "publish to ack       p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                times.quantileMs(0.5),
                times.quantileMs(0.99),
                times.quantileMs(1));
        String verdict;
        if (same) {
            verdict = "nothing lost, nothing doubled, unit by unit";
        } else if (storedAll >= madeAll - fleet.recordsWaiting()
                && stored.entrySet().stream().allMatch(one -> one.getValue() <= made.getOrDefault(one.getKey(), 0L))) {
            verdict =
                    "too much for this machine: records still wait with their units; all that were acknowledged are stored";
        } else {
            verdict = "DIFFERENT: what was made is not what is stored";
        }
        out.println(verdict);
        return same && fleet.recordsWaiting() == 0 && fleet.failure() == null;
    }

    private static Map<String, Long> stored(Database database) throws SQLException {
        Map<String, Long> stored = new TreeMap<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT unit, count(*) FROM record JOIN boot USING (boot_id) GROUP BY unit")) {
            while (rows.next()) {
                stored.put(rows.getString(1), rows.getLong(2));
            }
        }
        return stored;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void checkFiles() throws IOException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < plan.units() + FILES_BESIDE_UNITS) {
            throw new IOException("this process may open " + system.getMaxFileDescriptorCount() + " files, too few for "
                    + plan.units() + " units: ulimit -n " + (plan.units() + FILES_BESIDE_UNITS));
        }
    }

    private static void pause(int seconds, Fleet fleet) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < seconds * 1_000_000_000L && fleet.failure() == null) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** A condition that is waited for. */
    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long startNs = System.nanoTime();
        while (!condition.holds() && System.nanoTime() - startNs < SETTLE_LIMIT_NS) {
            LockSupport.parkNanos(POLL_NS);
        }
    }
}

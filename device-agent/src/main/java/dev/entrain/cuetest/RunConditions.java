package dev.entrain.cuetest;

import dev.entrain.cuetest.CueTestResult.Spread;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the run took place under.
 *
 * @param machine by how much the machine itself was late with a tick of 1 ms, in whole ms
 * @param process how long this process kept a thread of the sound thread's priority from running
 * @param collections of garbage during the run
 * @param collectionMs how long they took together, ms
 * @param residentKb memory of the process in RAM at the end, kB
 * @param residentPeakKb the most it ever had, kB
 */
public record RunConditions(
        Spread machine, Spread process, long collections, long collectionMs, long residentKb, long residentPeakKb) {
    private static final Path STATUS = Path.of("/proc/self/status");

    static RunConditions of(HostStalls stalls, Collections before) {
        Collections now = Collections.now();
        return new RunConditions(
                Spread.of(stalls.machine()),
                Spread.of(stalls.process()),
                now.count() - before.count(),
                now.ms() - before.ms(),
                statusKb("VmRSS:"),
                statusKb("VmHWM:"));
    }

    /** Garbage collections since the start of the process, and how long they took, ms. */
    record Collections(long count, long ms) {
        static Collections now() {
            long count = 0;
            long ms = 0;
            for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
                count += Math.max(0, each.getCollectionCount());
                ms += Math.max(0, each.getCollectionTime());
            }
            return new Collections(count, ms);
        }
    }

    private static long statusKb(String key) {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // Not told, as on a system without /proc.
        }
    }
}

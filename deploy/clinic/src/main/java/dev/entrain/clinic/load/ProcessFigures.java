package dev.entrain.clinic.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processor time and memory of a process and its children, from /proc. */
final class ProcessFigures {
    private static final double TICKS_A_SECOND = 100;

    private final String name;
    private final long pid;
    private final boolean withChildren;
    private double startS;

    private ProcessFigures(String name, long pid, boolean withChildren) {
        this.name = name;
        this.pid = pid;
        this.withChildren = withChildren;
    }

    static ProcessFigures tree(String name, long pid) {
        return new ProcessFigures(name, pid, true);
    }

    static ProcessFigures alone(String name, long pid) {
        return new ProcessFigures(name, pid, false);
    }

    /** Counts from now. */
    void begin() {
        startS = cpuS();
    }

    String name() {
        return name;
    }

    /** Returns processor time since {@link #begin}, s. */
    double usedS() {
        return cpuS() - startS;
    }

    /** Returns its share of the machine's memory now, MB; what processes share is counted once. */
    double memoryMb() {
        return tree().mapToLong(ProcessFigures::proportionalKb).sum() / 1024.0;
    }

    private double cpuS() {
        return tree().mapToLong(ProcessFigures::ticks).sum() / TICKS_A_SECOND;
    }

    private Stream<Long> tree() {
        if (!withChildren) {
            return Stream.of(pid);
        }
        return ProcessHandle.of(pid)
                .map(process ->
                        Stream.concat(Stream.of(process), process.descendants()).map(ProcessHandle::pid))
                .orElse(Stream.empty());
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static long proportionalKb(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
            return lines.stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}

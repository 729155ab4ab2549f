package dev.entrain.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process keeps in memory, by the kernel's words (proc_pid_status(5)).
 *
 * @param residentKb resident now, kB
 * @param peakKb the most that was resident, kB
 */
public record ProcessMemory(long residentKb, long peakKb) {
    /**
     * Asks the kernel.
     *
     * @throws IOException if there is no such process
     */
    public static ProcessMemory of(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
        return new ProcessMemory(field(status, "VmRSS:"), field(status, "VmHWM:"));
    }

    private static long field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElse(0);
    }
}

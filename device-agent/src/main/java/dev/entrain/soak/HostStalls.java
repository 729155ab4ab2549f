package dev.entrain.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the meter beside the unit noted: by how much the machine itself woke a program late. */
public final class HostStalls {
    private static final String GRANTED = "fifo 1";

    private final long[] timesNs;
    private final long[] latestNs;
    private final boolean realTime;

    private HostStalls(long[] timesNs, long[] latestNs, boolean realTime) {
        this.timesNs = timesNs;
        this.latestNs = latestNs;
        this.realTime = realTime;
    }

    /**
     * Reads the meter's output: a line {@code fifo 0} or {@code fifo 1}, then lines of two numbers, time and stall, ns.
     *
     * @throws IOException if the file cannot be read
     */
    public static HostStalls read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<long[]> pairs = lines.stream()
                .filter(line -> line.matches("\\d+ \\d+"))
                .map(line -> line.split(" ", -1))
                .map(words -> new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])})
                .toList();
        return new HostStalls(
                pairs.stream().mapToLong(pair -> pair[0]).toArray(),
                pairs.stream().mapToLong(pair -> pair[1]).toArray(),
                lines.contains(GRANTED));
    }

    /** Returns whether the meter itself ran before everything else; without that its stalls are also other programs'. */
    public boolean realTime() {
        return realTime;
    }

    /** Returns the longest stall noted from one time to another, both included, ns; 0 without any. */
    public long longestNs(long fromNs, long toNs) {
        long longest = 0;
        for (int i = 0; i < timesNs.length; i++) {
            if (timesNs[i] - fromNs >= 0 && toNs - timesNs[i] >= 0) {
                longest = Math.max(longest, latestNs[i]);
            }
        }
        return longest;
    }
}

package dev.entrain.check;

import dev.entrain.time.WallClock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Whether the unit knows what time it is. Cues need no wall clock; dates of walks and certificates do. */
public final class ClockCheck implements Check {
    private static final String AREA = "time";
    private static final double GOOD_S = 1;

    private final DoubleSupplier errorS;
    private final WallClock wall;
    private final SystemFiles files;

    /**
     * Makes one.
     *
     * @param errorS by how much the wall clock may be wrong, s; not a number while nobody keeps it (KernelClock)
     * @param wall the wall clock
     */
    public ClockCheck(DoubleSupplier errorS, WallClock wall, SystemFiles files) {
        this.errorS = errorS;
        this.wall = wall;
        this.files = files;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        String now = wall.now().truncatedTo(ChronoUnit.SECONDS).toString();
        double error = errorS.getAsDouble();
        if (Double.isNaN(error)) {
            findings.add(
                    Finding.warn(
                            AREA,
                            "synchronised",
                            now + ", but nobody keeps the clock",
                            "Connect the unit to the network and see `timedatectl`: \"System clock synchronized\" should be yes"));
        } else if (error > GOOD_S) {
            findings.add(Finding.warn(
                    AREA,
                    "synchronised",
                    now + String.format(Locale.ROOT, ", may be wrong by %.1f s", error),
                    "It was set long ago: connect the unit to the network"));
        } else {
            findings.add(Finding.ok(AREA, "synchronised", now + String.format(Locale.ROOT, ", within %.3f s", error)));
        }
        boolean kept = !files.list("sys/class/rtc", "rtc*").isEmpty();
        findings.add(Finding.ok(
                AREA,
                "clock chip",
                kept ? "keeps the time while switched off" : "none: the time is known once the network is there"));
        return findings;
    }
}

package dev.entrain.cli;

import dev.entrain.agent.WornSensors;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.SensorConfig;
import dev.entrain.sensor.SensorPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** How well each sensor did while it was recorded. Used by one thread. */
final class SensorTally {
    /** Clocks are fitted by then, s. */
    private static final double SETTLED_S = 5;

    private final List<SensorConfig> configs;
    private final long[] readings = new long[Foot.COUNT];
    private final long[] lost = new long[Foot.COUNT];
    private final long[] firstNs = new long[Foot.COUNT];
    private final long[] lastNs = new long[Foot.COUNT];
    private final int[] lastSeq = new int[Foot.COUNT];
    private final double[] uncertainMs = new double[Foot.COUNT];
    private final double[] worstMs = new double[Foot.COUNT];
    private final String[] facts = new String[Foot.COUNT];

    SensorTally(List<SensorConfig> configs) {
        this.configs = configs;
        Arrays.fill(facts, "");
    }

    void take(ImuSample sample) {
        int foot = sample.foot.ordinal();
        int step = sample.seq - lastSeq[foot];
        if (readings[foot] == 0) {
            firstNs[foot] = sample.timeNs;
        } else if (step > 1) {
            lost[foot] += step - 1;
        }
        readings[foot]++;
        lastSeq[foot] = sample.seq;
        lastNs[foot] = sample.timeNs;
    }

    /** Asks every sensor how sure its times are; call now and then. */
    void look(WornSensors sensors, double sinceStartS) {
        sensors.byFoot().forEach((foot, port) -> look(foot.ordinal(), port, sinceStartS));
    }

    long readings() {
        return readings[0] + readings[1];
    }

    /** Returns one line a sensor. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (SensorConfig config : configs) {
            Foot worn = Objects.requireNonNull(config.foot(), "the configuration names the foot");
            int foot = worn.ordinal();
            if (readings[foot] == 0) {
                lines.add(String.format(
                        Locale.ROOT, "%-5s %s: no reading came%s", worn.word(), config.place(), facts[foot]));
                continue;
            }
            double seconds = (lastNs[foot] - firstNs[foot]) * 1e-9;
            lines.add(String.format(
                    Locale.ROOT,
                    "%-5s %s: %d readings, %.2f Hz, %d lost, times within %.2f ms (at worst %.2f ms after %.0f s)%s",
                    worn.word(),
                    config.place(),
                    readings[foot],
                    seconds > 0 ? (readings[foot] - 1) / seconds : 0,
                    lost[foot],
                    uncertainMs[foot],
                    worstMs[foot],
                    SETTLED_S,
                    facts[foot]));
        }
        return lines;
    }

    private void look(int foot, SensorPort port, double sinceStartS) {
        if (readings[foot] == 0) {
            String problem = port.problem();
            facts[foot] = problem == null ? "" : "; " + problem;
            return;
        }
        uncertainMs[foot] = port.timeUncertaintyNs() * 1e-6;
        if (sinceStartS > SETTLED_S) {
            worstMs[foot] = Math.max(worstMs[foot], uncertainMs[foot]);
        }
        Hello hello = port.hello();
        DeviceStatus status = port.status();
        facts[foot] = String.format(
                Locale.ROOT,
                ", its clock %+.0f ppm, anchored anew %d times%s%s",
                port.skewPpm(),
                port.reanchors(),
                hello == null ? "" : ", " + hello.firmware(),
                status == null || Double.isNaN(status.temperatureC())
                        ? ""
                        : String.format(Locale.ROOT, ", %.1f degrees C", status.temperatureC()));
    }
}

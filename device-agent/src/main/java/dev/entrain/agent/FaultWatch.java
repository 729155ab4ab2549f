package dev.entrain.agent;

import dev.entrain.audio.AudioStatistics;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.RecordLog;
import dev.entrain.journal.WalkRecord;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.SensorPort;
import dev.entrain.sensor.SensorState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tells the clinic what of the unit fails and works again: changes only. For the journal's thread, but that {@link
 * #threadDied} is for any.
 */
final class FaultWatch {
    /** What is not there when the unit is switched on is a fault only after this, ns. */
    private static final long START_NS = 10_000_000_000L;

    /** A sensor may be silent for so long, ns: a plug that is pushed in again is no news. */
    private static final long PATIENCE_NS = 1_000_000_000L;

    /** Facts were refused: told as over after so long without, ns. */
    private static final long QUIET_NS = 60_000_000_000L;

    private static final int MOST_DEATHS = 8;

    private final RecordLog log;
    private final RecordBodies bodies;
    private final Map<Foot, SensorPort> ports;
    private final AudioStatistics audio;
    private final Counters counters;
    private final Supplier<String> uplink;
    private final CertificateWatch certificate;
    private final Map<String, Long> faultsSinceNs = new HashMap<>();
    private final Map<String, Long> wellNs = new HashMap<>();
    private final BlockingQueue<String> deaths = new ArrayBlockingQueue<>(MOST_DEATHS);
    private final Map<String, Standing> standing = new ConcurrentHashMap<>();
    private final long startNs;
    private volatile Set<String> failing = Set.of();
    private long refused;
    private long refusedNs;
    private boolean news;

    private record Standing(boolean failing, String text) {}

    FaultWatch(
            RecordLog log,
            RecordBodies bodies,
            Map<Foot, SensorPort> ports,
            AudioStatistics audio,
            Counters counters,
            Supplier<String> uplink,
            CertificateWatch certificate,
            long startNs) {
        this.log = log;
        this.bodies = bodies;
        this.ports = ports;
        this.audio = audio;
        this.counters = counters;
        this.uplink = uplink;
        this.certificate = certificate;
        this.startNs = startNs;
    }

    /** Any thread: a thread of the agent died of a bug. */
    void threadDied(String name) {
        deaths.offer(name); // More than a few say nothing new.
    }

    /** Any thread: something of the unit, watched elsewhere, fails or works again. There are a few codes, each a constant. */
    void standing(String code, boolean fails, String text) {
        standing.put(code, new Standing(fails, text));
    }

    /** Any thread: returns the codes of what fails now. */
    Set<String> failing() {
        return failing;
    }

    /** Returns once whether something changed, so that it is on the disk at once. */
    boolean news() {
        boolean now = news;
        news = false;
        return now;
    }

    /** Looks at everything that can fail; call about once a second. */
    void look(long nowNs) {
        ports.forEach((foot, port) -> sensor(foot, port.state(), nowNs));
        sound(nowNs);
        refused(nowNs);
        String trouble = uplink.get();
        tell(
                "uplink_refused",
                !trouble.isEmpty(),
                trouble.isEmpty() ? "Records get through to the clinic again." : trouble,
                nowNs);
        String ends = certificate.trouble(nowNs);
        tell("certificate_ends", !ends.isEmpty(), ends.isEmpty() ? "The unit's certificate was renewed." : ends, nowNs);
        standing.forEach((code, what) -> tell(code, what.failing(), what.text(), nowNs));
        String died = deaths.poll();
        if (died != null) { // One is enough: the agent ends.
            tell(
                    "thread_died",
                    true,
                    "Thread " + died + " died of a bug; the cues are silenced and the agent ends. Send its log to the"
                            + " developers.",
                    nowNs);
        }
    }

    /** Tells whether the journal takes records. */
    void disk(boolean written, long nowNs) {
        tell(
                "disk_full",
                !written,
                written
                        ? "The journal is written to the disk again."
                        : "The journal can't be written: the disk is full or broken. The walk goes on and records wait in"
                                + " memory; free some space, or see the agent's log.",
                nowNs);
    }

    /** Tells something that is found once, at the start. */
    void found(String code, String text, long nowNs) {
        tell(code, true, text, nowNs);
    }

    private void sensor(Foot foot, SensorState state, long nowNs) {
        if (state == SensorState.CLOSED) {
            return;
        }
        String name = "sensor_" + foot.word();
        boolean well = state == SensorState.FLOWING;
        if (well) {
            wellNs.put(name, nowNs);
        }
        Long lastNs = wellNs.get(name);
        boolean patient = lastNs == null ? nowNs - startNs < START_NS : nowNs - lastNs < PATIENCE_NS;
        if (well || !patient) {
            tell(name, !well, "The " + foot.word() + " sensor: " + words(state), nowNs);
        }
    }

    private static String words(SensorState state) {
        return switch (state) {
            case ABSENT -> "its line is not there; plug it in, or switch the insole on.";
            case SILENT -> "its line is open, but no readings come; switch the insole on, check the cable.";
            case FLOWING -> "readings flow.";
            case FOOT_UNKNOWN -> "it has not said for which foot it is made.";
            case WRONG_FOOT -> "the insole is made for the other foot; exchange the two.";
            case CLOSED -> "closed.";
        };
    }

    private void sound(long nowNs) {
        AudioStatistics.State state = audio.state();
        if (state == AudioStatistics.State.WAITING || state == AudioStatistics.State.PLAYING) {
            tell("sound", state == AudioStatistics.State.WAITING, audio.description(), nowNs);
        }
    }

    private void refused(long nowNs) {
        long count = counters.get(Counter.RECORDS_REFUSED);
        if (count != refused) {
            refused = count;
            refusedNs = nowNs;
            tell("records_refused", true, count + " facts of the walk were lost: the journal was too slow.", nowNs);
        } else if (count > 0 && nowNs - refusedNs > QUIET_NS) {
            tell("records_refused", false, "The journal keeps up again; " + count + " facts were lost.", nowNs);
        }
    }

    private void tell(String code, boolean fails, String text, long nowNs) {
        Long sinceNs = faultsSinceNs.get(code);
        if (fails == (sinceNs != null)) {
            return;
        }
        if (fails) {
            faultsSinceNs.put(code, nowNs);
        } else {
            faultsSinceNs.remove(code);
        }
        failing = Set.copyOf(faultsSinceNs.keySet());
        news = true;
        log.append(
                RecordKind.FAULT,
                null,
                nowNs,
                bodies.fault(nowNs, code, text, sinceNs == null ? WalkRecord.NONE : sinceNs, !fails));
    }
}

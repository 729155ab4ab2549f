package dev.entrain.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.agent.RunningAgent;
import dev.entrain.realtime.RealTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether nothing holds up the sound: real-time priority, locked memory, a processor that is not held slow. */
public final class RealTimeCheck implements Check {
    private static final String AREA = "real time";
    private static final String LOCKED = "locked";
    private static final int WANTED = RealTime.RENDER_PRIORITY;
    private static final Set<String> SLOW = Set.of("powersave");

    private final @Nullable RunningAgent agent;
    private final ServiceState service;
    private final SystemFiles files;

    /**
     * Makes one.
     *
     * @param agent that runs and tells what it was granted; null if none does: then what it may ask for counts
     * @param service its limits; without a service those of this process
     */
    public RealTimeCheck(@Nullable RunningAgent agent, ServiceState service, SystemFiles files) {
        this.agent = agent;
        this.service = service;
        this.files = files;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        if (agent != null) {
            JsonNode granted = agent.status().path("real_time");
            int process = granted.path("process_priority").asInt();
            int render = granted.path("render_priority").asInt();
            findings.add(
                    priority(process > 0 && render > 0, "granted: process " + process + ", sound thread " + render));
            findings.add(memory(granted.path("memory_locked").asBoolean(), LOCKED));
        } else if (service.installed()) {
            findings.add(priority(service.rtPriority() >= WANTED, "the service may ask for " + service.rtPriority()));
            findings.add(memory(service.memlock().equals("infinity"), "the service may lock " + service.memlock()));
        } else {
            String priority = limit("Max realtime priority");
            boolean root = "0".equals(uid());
            findings.add(priority(
                    root || (priority.matches("\\d{1,3}") && Integer.parseInt(priority) >= WANTED),
                    root ? "root may ask for it" : "this user may ask for " + priority));
            String memory = limit("Max locked memory");
            findings.add(memory(
                    root || memory.equals("unlimited"), root ? "root may lock" : "this user may lock " + memory));
        }
        findings.add(governor());
        return findings;
    }

    private static Finding priority(boolean good, String value) {
        return good
                ? Finding.ok(AREA, "priority", value)
                : Finding.fail(
                        AREA,
                        "priority",
                        value,
                        "Give the service CPUSchedulingPolicy=fifo and LimitRTPRIO=" + (WANTED + 10)
                                + " (the package's unit has both), or the user 'rtprio " + (WANTED + 10)
                                + "' in /etc/security/limits.d");
    }

    private static Finding memory(boolean good, String value) {
        return good
                ? Finding.ok(AREA, "memory", value)
                : Finding.warn(
                        AREA,
                        "memory",
                        value.equals(LOCKED) ? "not locked" : value,
                        "Give the service LimitMEMLOCK=infinity, or the user 'memlock unlimited' in /etc/security/limits.d");
    }

    private Finding governor() {
        Set<String> governors = new TreeSet<>();
        for (Path cpu : files.list("sys/devices/system/cpu", "cpu[0-9]*")) {
            String governor = SystemFiles.text(cpu.resolve("cpufreq").resolve("scaling_governor"));
            if (governor != null) {
                governors.add(governor);
            }
        }
        String value = String.join(", ", governors);
        if (governors.isEmpty()) {
            return Finding.skipped(AREA, "governor", "the processor's speed is not governed here");
        }
        return governors.stream().anyMatch(SLOW::contains)
                ? Finding.warn(
                        AREA,
                        "governor",
                        value,
                        "The processor is held slow: remove what sets it (cpufrequtils, TLP), or set schedutil")
                : Finding.ok(AREA, "governor", value);
    }

    private String limit(String name) {
        for (String line : files.lines("proc/self/limits")) {
            if (line.startsWith(name)) {
                return line.substring(name.length()).strip().split("\\s+", 2)[0];
            }
        }
        return "0";
    }

    private String uid() {
        for (String line : files.lines("proc/self/status")) {
            if (line.startsWith("Uid:")) {
                return line.substring(4).strip().split("\\s+", 2)[0];
            }
        }
        return "";
    }
}

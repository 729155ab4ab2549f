package dev.entrain.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.LevelSetting;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.config.AgentConfig;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.GrantedRealTime;
import dev.entrain.journal.RecordLog;
import dev.entrain.protocol.DeviceFault;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.sensor.SensorConfig;
import dev.entrain.sensor.SensorPort;
import dev.entrain.session.SessionEngine;
import dev.entrain.telemetry.OutboundLoop;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What other processes may know of a running agent: how the unit does, nothing of who walks or how. It reads what the
 * threads publish anyway, so nobody waits for it. Thread-safe.
 *
 * @param version of this build
 * @param config what the agent runs with
 * @param sensors of the feet, in the order of the configuration
 * @param level of the cues; null where sound goes to a file
 * @param output what was measured of the output
 * @param audio what the sound thread tells
 * @param granted what the system granted; null if nothing was asked for
 * @param walk what the walk looks like
 * @param log the journal
 * @param outbound the line to the clinic
 * @param counters everything the agent counts
 */
record StatusReport(
        String version,
        AgentConfig config,
        WornSensors sensors,
        @Nullable LevelSetting level,
        OutputCalibration output,
        AudioStatistics audio,
        @Nullable GrantedRealTime granted,
        LiveStatus walk,
        RecordLog log,
        OutboundLoop outbound,
        Counters counters) {
    private static final double MOST_QUANTILE = 0.99;

    /** Returns the report as it is now; README of the fields: deploy/handbook/technician.md, "The unit's status". */
    ObjectNode json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putObject("agent")
                .put("version", version)
                .put("java", Runtime.version().toString())
                .put("pid", ProcessHandle.current().pid())
                .put("config_sha256", config.sha256())
                .put("unit", config.telemetry().unit());
        session(all.putObject("session"));
        for (int i = 0; i < sensors.ports().size(); i++) {
            sensor(
                    all.withArray("sensors").addObject(),
                    config.sensors().get(i),
                    sensors.ports().get(i));
        }
        sound(all.putObject("audio"));
        realTime(all.putObject("real_time"));
        all.putObject("journal").put("waiting", log.waiting());
        all.putObject("broker")
                .put("enabled", config.telemetry().enabled())
                .put("address", config.telemetry().broker().toString())
                .put("connected", outbound.connected())
                .put("problem", outbound.problem())
                .put("records_trouble", outbound.trouble());
        ObjectNode counts = all.putObject("counters");
        for (Counter counter : Counter.values()) {
            counts.put(word(counter), counters.get(counter));
        }
        return all;
    }

    private void session(ObjectNode to) {
        SessionStatus session = walk.session();
        SessionEngine.Mode mode = session.mode();
        boolean goesOn = mode == SessionEngine.Mode.RUNNING || mode == SessionEngine.Mode.PAUSED;
        // A name without that: a walk without a programme, or a session that a press of the button goes on with.
        to.put("active", goesOn || session.id() != null);
        to.put("programme", mode != null);
        if (mode != null) {
            to.put("mode", word(mode));
        }
    }

    private void sensor(ObjectNode to, SensorConfig connected, SensorPort port) {
        to.put("foot", connected.foot() == null ? null : connected.foot().word());
        to.put("connection", connected.port().toString());
        to.put("state", word(port.state()));
        put(to, "skew_ppm", port.skewPpm());
        if (port.timeUncertaintyNs() != Long.MAX_VALUE) {
            to.put("uncertainty_us", port.timeUncertaintyNs() / 1000);
        }
        to.put("reanchors", port.reanchors());
        if (connected.foot() != null) {
            put(to, "rate_hz", walk.rateHz(connected.foot()));
            put(to, "loss_pct", walk.lossPct(connected.foot()));
        }
        Hello hello = port.hello();
        if (hello != null) {
            to.put("serial", hello.serialNumber());
            to.put("side", word(hello.side()));
            to.put("nominal_rate_hz", hello.rateHz());
            to.put("firmware", hello.firmware());
        }
        DeviceStatus said = port.status();
        if (said != null) {
            if (said.batteryPercent() >= 0) {
                to.put("battery_pct", said.batteryPercent());
            }
            put(to, "temperature_c", said.temperatureC());
            DeviceFault.namesOf(said.faults())
                    .forEach(fault -> to.withArray("faults").add(fault.toLowerCase(Locale.ROOT)));
        }
    }

    private void sound(ObjectNode to) {
        to.put("card", level != null);
        to.put("device", config.audio().device());
        to.put("state", word(audio.state()));
        to.put("text", audio.description());
        AudioStatistics.Grant grant = audio.grant();
        if (grant != null) {
            to.put("rate_hz", grant.rateHz())
                    .put("bits", grant.bits())
                    .put("period_frames", grant.periodFrames())
                    .put("buffer_frames", grant.bufferFrames());
        }
        put(to, "rate_ppm", audio.ratePpm());
        to.put("onset_p99_us", audio.onsets().snapshot().quantileNs(MOST_QUANTILE) / 1000);
        to.put("stall_p99_us", audio.stalls().snapshot().quantileNs(MOST_QUANTILE) / 1000);
        to.put("stall_max_us", audio.stalls().snapshot().maxNs() / 1000);
        to.put("offset_source", word(output.offsetSource()));
        put(to, "offset_ms", output.offsetMs());
        if (level != null) {
            put(to, "beat_db_spl", level.beatDbSpl());
        }
    }

    private void realTime(ObjectNode to) {
        if (granted != null) {
            to.put("process_priority", granted.processPriority())
                    .put("render_priority", granted.renderPriority())
                    .put("memory_locked", granted.memoryLocked());
        }
    }

    /** What is not known is left out. */
    private static void put(ObjectNode to, String name, double value) {
        if (Double.isFinite(value)) {
            to.put(name, Math.round(value * 1000) / 1000.0);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

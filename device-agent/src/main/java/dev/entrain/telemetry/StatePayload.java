package dev.entrain.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.sample.Foot;
import java.io.IOException;
import java.util.Locale;

/** The fields of a state payload, as state.schema.json describes them. */
final class StatePayload {
    private static final Counter[] COUNTERS = Counter.values();
    private static final Foot[] FEET = Foot.values();

    private StatePayload() {}

    /** Writes a state; {@code waiting} is how many records the clinic has not acknowledged. */
    static void write(JsonGenerator out, LiveState state, long waiting, Counters counters) throws IOException {
        out.writeNumberField("t_ns", state.timeNs);
        out.writeBooleanField("walking", state.walking);
        out.writeBooleanField("cueing", state.cueing);
        PayloadEncoder.number(out, "cadence_spm", state.cadenceSpm, 100);
        PayloadEncoder.number(out, "cue_tempo_spm", state.cueTempoSpm, 100);
        PayloadEncoder.seconds(out, "stride_duration_s", state.stridePeriodNs);
        PayloadEncoder.number(out, "asynchrony_ms", state.asynchronyMs, 10);
        if (state.lock != LiveState.Lock.UNKNOWN) {
            out.writeBooleanField("locked", state.lock == LiveState.Lock.LOCKED);
        }
        session(out, state);
        String song = state.song;
        if (song != null) {
            out.writeStringField("song", song);
        }
        for (Foot foot : FEET) {
            foot(out, foot, state.foot(foot));
        }
        battery(out, state);
        out.writeNumberField("waiting", waiting);
        out.writeObjectFieldStart("recorded");
        out.writeNumberField("steps", state.steps);
        out.writeNumberField("strides", state.strides);
        out.writeNumberField("cues", state.cues);
        out.writeEndObject();
        out.writeObjectFieldStart("counters");
        for (Counter counter : COUNTERS) {
            long count = counters.get(counter);
            if (count != 0) {
                out.writeNumberField(counter.name().toLowerCase(Locale.ROOT), count);
            }
        }
        out.writeEndObject();
    }

    private static void session(JsonGenerator out, LiveState state) throws IOException {
        String id = state.session;
        if (id == null) {
            return;
        }
        out.writeObjectFieldStart("session");
        out.writeStringField("id", id);
        String kind = state.blockWord();
        if (state.blockIndex >= 0 && kind != null) {
            out.writeNumberField("block", state.blockIndex);
            out.writeStringField("kind", kind);
        }
        PayloadEncoder.number(out, "target_spm", state.targetSpm, 100);
        out.writeBooleanField("paused", state.paused);
        out.writeEndObject();
    }

    private static void battery(JsonGenerator out, LiveState state) throws IOException {
        if (state.unitPercent == LiveState.UNKNOWN_PERCENT) {
            return;
        }
        out.writeObjectFieldStart("battery");
        out.writeNumberField("pct", state.unitPercent);
        PayloadEncoder.number(out, "volts", state.unitVolts, 100);
        out.writeBooleanField("charging", state.unitCharging);
        out.writeEndObject();
    }

    private static void foot(JsonGenerator out, Foot foot, LiveState.FootState state) throws IOException {
        out.writeObjectFieldStart(foot.word());
        PayloadEncoder.number(out, "phase", state.phase, 1000);
        PayloadEncoder.time(out, "phase_t_ns", state.phaseTimeNs);
        PayloadEncoder.time(out, "last_ic_ns", state.lastContactNs);
        // A fitted sensor clock may run a little ahead of the host's.
        long gapNs = state.sensorGapNs;
        PayloadEncoder.seconds(out, "sensor_gap_s", gapNs == LiveState.NONE ? gapNs : Math.max(0, gapNs));
        if (state.batteryPercent != LiveState.UNKNOWN_PERCENT) {
            out.writeNumberField("battery_pct", state.batteryPercent);
        }
        PayloadEncoder.number(out, "loss_pct", state.lossPct, 10);
        out.writeEndObject();
    }
}

package dev.entrain.agent;

import dev.entrain.config.AgentConfig;
import dev.entrain.device.BoardFacts;
import dev.entrain.health.Counters;
import dev.entrain.identity.TlsFiles;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.RecordLog;
import dev.entrain.ring.SlotRing;
import dev.entrain.telemetry.Birth;
import dev.entrain.telemetry.Inbound;
import dev.entrain.telemetry.OutboundLoop;
import dev.entrain.telemetry.mqtt.MqttPort;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Puts the line to the clinic together: what the unit says of itself at each connection, and the loop behind it. */
final class ClinicLine {
    private ClinicLine() {}

    static OutboundLoop loop(
            AgentConfig config,
            String version,
            String bootId,
            NanoClock clock,
            WallClock wall,
            SlotRing<LiveState> states,
            WalkTiming timing,
            RecordLog log,
            Inbound orders,
            Counters counters) {
        BoardFacts facts = BoardFacts.read(Path.of("/"));
        TlsFiles tls = config.telemetry().tls();
        Birth birth = new Birth(
                bootId,
                version,
                facts.java(),
                config.sha256(),
                timing.realTime(),
                new Birth.Board(facts.model(), facts.os(), facts.kernel(), facts.machine()),
                () -> CertificateWatch.expires(tls));
        return new OutboundLoop(
                config.telemetry(),
                birth,
                clock,
                states,
                log,
                orders,
                new MqttPort(config.telemetry(), counters, wall),
                new SplittableRandom(clock.nowNs() ^ config.telemetry().unit().hashCode()),
                counters);
    }
}

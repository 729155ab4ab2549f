package dev.entrain.telemetry.mqtt;

import static dev.entrain.telemetry.mqtt.Subscriber.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.agent.LiveAgent;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.journal.BootId;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScript;
import dev.entrain.telemetry.Schemas;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent on a walk, its journal and a real broker: every message it publishes is as its schema says. */
class PublishedMessagesTest {
    @TempDir
    Path dir;

    @Test
    @Timeout(90)
    void shouldPublishNothingButWhatTheContractSays() throws Exception {
        ClinicStore store = new ClinicStore();
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                Subscriber heard = new Subscriber(broker.uri());
                AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
            clinic.listen();
            walk(broker);
            heard.awaitStatus("stopped");
            String boot = BootId.read(BootId.KERNEL_FILE);
            await("the last acknowledgement", () -> heard.on("/session").size() == 2);
            Schemas schemas = new Schemas();
            Set<String> leaves = new TreeSet<>();
            Set<String> kinds = new TreeSet<>();
            for (Subscriber.Received message : List.copyOf(heard.received)) {
                String topic = message.topic();
                leaves.add(topic.replaceAll(".*/", ""));
                message.payload()
                        .path("events")
                        .forEach(event -> kinds.add(event.path("kind").asText()));
                schemas.valid(
                        Schemas.ofTopic(topic), message.payload().toString().getBytes(StandardCharsets.UTF_8));
                assertThat(message.payload().path("boot").asText()).isEqualTo(boot);
            }
            assertThat(leaves)
                    .contains("ack", "birth", "status", "state", "ev", "session", "clock", "timing", "reported");
            assertThat(kinds).contains("step", "stride", "cue");
            assertThat(store.of(boot)).hasSizeGreaterThan(30);
        }
    }

    private void walk(MosquittoBroker broker) throws Exception {
        WalkModel model = new WalkModel(
                WalkScript.parse("stand 2, walk 8, stand 2", WalkPresets.healthy(), "healthy"),
                new WalkOptions(12, 7),
                TruthSink.NONE);
        List<ImuSample> samples = new ArrayList<>();
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            samples.add(sample);
            sample = new ImuSample();
        }
        Path lines = Files.createDirectories(dir.resolve("lines"));
        AgentConfig config = AgentConfig.read(Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '%s'
                [sensor.right]
                port = '%s'
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                broker = '%s'
                unit = "unit-1"
                timing_s = 5
                """.formatted(
                        dir.resolve("state"),
                        lines.resolve("insole-left"),
                        lines.resolve("insole-right"),
                        dir.resolve("live.wav"),
                        broker.uri())));
        LiveAgent agent = new LiveAgent(
                new InForce(config, null, 0),
                new ClinicOrders(config, BootId.read(BootId.KERNEL_FILE), List::of),
                "test",
                null,
                NanoClock.SYSTEM,
                WallClock.SYSTEM,
                new RealTime(),
                new Pi4jI2cBuses());
        try (InsoleEmulator insoles = new InsoleEmulator(samples, InsoleOptions.in(lines), NanoClock.SYSTEM);
                agent) {
            agent.start();
            insoles.start();
            assertThat(insoles.join(60_000_000_000L)).isTrue();
        }
        assertThat(agent.failed()).isFalse();
    }
}

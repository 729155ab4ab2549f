package dev.entrain.telemetry.mqtt;

import static dev.entrain.telemetry.mqtt.Subscriber.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.ring.SlotRing;
import dev.entrain.telemetry.Birth;
import dev.entrain.telemetry.HeardInbound;
import dev.entrain.telemetry.MemoryLog;
import dev.entrain.telemetry.OutboundLoop;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.time.WallClock;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to line, broker and clinic: what was recorded is stored once everything is back. A real Mosquitto; the
 * loop only moves when driven, and its time can be moved on by hand.
 */
@Timeout(60)
class LossTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final long S = 1_000_000_000L;
    private static final long YEAR_NS = 365 * 86_400 * S;

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final MemoryLog log = new MemoryLog(BOOT);
    private final ClinicStore store = new ClinicStore();
    private long aheadNs;
    private OutboundLoop loop = unit(URI.create("tcp://127.0.0.1:1"));

    @AfterEach
    void end() {
        loop.stop();
        loop.run();
    }

    @Test
    void shouldLoseNothingThroughAKilledBrokerThatForgetsEverything() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            loop = unit(broker.uri());
            try (AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
                clinic.listen();
                steps(40);
                drive(() -> log.waiting() == 0);
                broker.freeze();
                steps(20);
                long before = counters.get(Counter.MESSAGES);
                drive(() -> counters.get(Counter.MESSAGES) > before);
                broker.kill();
                steps(20);
                drive(() -> counters.get(Counter.BROKER_DOWN) >= 1);
                assertThat(log.waiting()).isEqualTo(40);
            }
            broker.restart();
            aheadNs += 121 * S;
            try (AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
                clinic.listen();
                drive(() -> log.waiting() == 0);
            }
        }
        assertThat(store.of(BOOT)).isEqualTo(numbers(80));
    }

    @Test
    void shouldKeepEverythingWhileTheBrokerTakesItAndTheClinicIsAway() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            loop = unit(broker.uri());
            steps(200);
            drive(() -> counters.get(Counter.MESSAGES) >= 6);
            drive(5);
            assertThat(log.waiting()).as("the broker had it all").isEqualTo(200);
            try (AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
                clinic.listen();
                aheadNs += 31 * S;
                drive(() -> log.waiting() == 0);
            }
        }
        assertThat(store.of(BOOT)).isEqualTo(numbers(200));
        assertThat(counters.get(Counter.ACKS_MISSED)).isEqualTo(1);
    }

    @Test
    void shouldLoseNothingInALineThatSwallowsEverything() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                Relay relay = new Relay(broker.port());
                AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
            clinic.listen();
            loop = unit(relay.uri());
            steps(10);
            drive(() -> log.waiting() == 0);
            relay.swallow(true);
            steps(10);
            long before = counters.get(Counter.MESSAGES);
            drive(() -> counters.get(Counter.MESSAGES) > before);
            aheadNs += 61 * S;
            drive(() -> counters.get(Counter.BROKER_DOWN) == 1);
            relay.swallow(false);
            aheadNs += 121 * S;
            drive(() -> log.waiting() == 0);
        }
        assertThat(store.of(BOOT)).isEqualTo(numbers(20));
    }

    @Test
    void shouldComeBackFromALineThatSwallowsTheAnswerToConnect() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                Relay relay = new Relay(broker.port());
                AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
            clinic.listen();
            relay.swallow(true);
            loop = unit(relay.uri());
            steps(10);
            drive(5);
            aheadNs += 7 * S;
            drive(() -> counters.get(Counter.BROKER_DOWN) == 1);
            assertThat(counters.get(Counter.BROKER_UP)).isZero();
            relay.swallow(false);
            aheadNs += 2 * S;
            drive(() -> log.waiting() == 0);
        }
        assertThat(store.of(BOOT)).isEqualTo(numbers(10));
    }

    @Test
    void shouldLoseNothingWhenTheClockLeapsAYear() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
            clinic.listen();
            loop = unit(broker.uri());
            steps(10);
            drive(() -> log.waiting() == 0);
            for (int leap = 0; leap < 3; leap++) {
                steps(10);
                drive(1);
                aheadNs += YEAR_NS;
                drive(() -> log.waiting() == 0);
            }
        }
        assertThat(store.of(BOOT)).isEqualTo(numbers(40));
    }

    @Test
    void shouldLoseNothingOverALineThatIsCutAgainAndAgain() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                Relay relay = new Relay(broker.port());
                AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
            clinic.listen();
            loop = unit(relay.uri());
            for (int cut = 0; cut < 8; cut++) {
                steps(300);
                long before = counters.get(Counter.MESSAGES);
                drive(() -> counters.get(Counter.MESSAGES) > before + cutAfter());
                relay.cut();
                long down = counters.get(Counter.BROKER_DOWN);
                drive(() -> counters.get(Counter.BROKER_DOWN) > down);
                aheadNs += 121 * S;
            }
            drive(() -> log.waiting() == 0);
        }
        assertThat(store.of(BOOT)).isEqualTo(numbers(2400));
    }

    private final Random random = new Random(11);

    private int cutAfter() {
        return random.nextInt(5);
    }

    private OutboundLoop unit(URI broker) {
        TelemetryConfig config = new TelemetryConfig(true, broker, "unit-1", 60, 0);
        return new OutboundLoop(
                config,
                new Birth(BOOT, "0.1.0", "25", "0".repeat(64), null, null, () -> null),
                System::nanoTime,
                new SlotRing<>(2, LiveState::new),
                log,
                new HeardInbound(),
                new MqttPort(config, counters, WallClock.SYSTEM),
                new Random(5),
                counters);
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            log.step(i);
        }
    }

    private void drive(int rounds) {
        for (int i = 0; i < rounds; i++) {
            loop.doWork(System.nanoTime() + aheadNs);
        }
    }

    /** Moves the loop until something is true. */
    private void drive(BooleanSupplier done) {
        await("the driven loop", () -> {
            drive(1);
            return done.getAsBoolean();
        });
    }

    private static Set<Long> numbers(long last) {
        Set<Long> numbers = new LinkedHashSet<>();
        LongStream.rangeClosed(1, last).forEach(numbers::add);
        return numbers;
    }
}

package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.OutputCalibration.OffsetSource;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Latency measured end to end through the real libasound. */
class LatencyOnCardTest {
    private static final long MS = 1_000_000L;
    private static final int DELAY_FRAMES = 600;

    @TempDir
    private Path folder;

    @Test
    @Timeout(90)
    void shouldMeasureAKnownDelayBetweenTwoCardsOfDifferentClocks() throws IOException, InterruptedException {
        LoopCard card = new LoopCard(folder, 80, -45, DELAY_FRAMES);
        Path json = folder.resolve("result.json");
        Process run = card.start(
                "cue-test", "--device", "card", "--capture", "ear", "--seconds", "8", "--json", json.toString());
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        JsonNode loopback = result.get("loopback");

        assertThat(loopback.get("measured").asBoolean()).as(card.said()).isTrue();
        assertThat(loopback.get("offset_ns").asDouble() * 1e-6)
                .isCloseTo(DELAY_FRAMES / 48.0 / (1 - 45e-6), within(0.1));
        assertThat(loopback.get("beats_heard").asInt())
                .isGreaterThan(loopback.get("beats_searched").asInt() / 2);
        assertThat(loopback.get("polarity_turned").asBoolean()).isFalse();
        assertThat(result.get("machine_stall").get("count").asInt()).isPositive();
        assertThat(result.get("resident_kb").asInt()).isPositive();
        assertThat(card.said().lines())
                .allMatch(line -> line.length() < 80 || line.contains("INFO") || line.contains("Real"));
    }

    @Test
    @Timeout(120)
    void shouldCalibrateByTappingAndStoreHowSureThatIs() throws IOException, InterruptedException {
        LoopCard card = new LoopCard(folder, 0, 0, 0);
        Path config = Files.writeString(
                folder.resolve("unit.toml"),
                "state_dir = \"%s\"%n[sensor.left]%nport = \"none\"%n[audio]%ndevice = \"card\"%n"
                        .formatted(folder.resolve("state")));
        Process run = card.start("calibrate", "output", "--config", config.toString());
        OutputStream keys = run.getOutputStream(); // Not closed: a key that came too late still lies in it.
        await(() -> card.said().contains("to begin"));
        tap(keys);
        await(() -> card.firstSoundNs() != 0);
        tapAlong(card.firstSoundNs(), keys, run);
        assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
        OutputCalibration kept = new CalibrationStore(folder.resolve("state")).read("card");

        assertThat(run.exitValue()).as(card.said()).isZero();
        assertThat(kept.offsetSource()).isEqualTo(OffsetSource.BY_EAR);
        assertThat(kept.offsetMs()).isCloseTo(183, within(30.0));
        assertThat(kept.offsetSpreadMs()).isBetween(30.0, 45.0);
    }

    /** A person 50 ms ahead of what is heard 183 ms late, at a keyboard of 20 ms. */
    private static void tapAlong(long firstNs, OutputStream keys, Process run) throws IOException {
        Random random = new Random(5);
        long lagNs = (183 - 50 + 20) * MS;
        for (int beat = 1; beat < 60 && run.isAlive(); beat++) {
            long tapNs = firstNs + beat * 750L * MS + lagNs + Math.round(12 * MS * random.nextGaussian());
            while (tapNs - NanoClock.SYSTEM.nowNs() > 0) {
                LockSupport.parkNanos(tapNs - NanoClock.SYSTEM.nowNs());
            }
            tap(keys);
        }
    }

    private static void tap(OutputStream keys) {
        try {
            keys.write('\n');
            keys.flush();
        } catch (IOException e) {
            // It had taps enough and ended.
        }
    }

    private interface Look {
        boolean there() throws IOException;
    }

    private static void await(Look look) throws IOException {
        for (int i = 0; i < 1500 && !look.there(); i++) {
            LockSupport.parkNanos(20 * MS);
        }
    }
}

package dev.entrain.sim.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkFolderTest {
    @TempDir
    Path dir;

    @Test
    void shouldWriteWhatReadsBackAsTheModelWalked() throws IOException {
        WalkScenario scenario = WalkScenario.named("demo");
        WalkOptions options = new WalkOptions(40, 9);
        long readings = WalkFolder.write(dir, "simulated", "demo-9", scenario, options);
        Walked walked = Walked.of(scenario, options);
        walked.samples.forEach(s -> s.roundToGrid(0));
        try (RecordingReader reader = new RecordingReader(dir.resolve("recording.csv"))) {
            assertThat(reader.rateHz()).isEqualTo(200);
            List<ImuSample> read = reader.readAll();
            assertThat(read).hasSize((int) readings);
            assertThat(read.stream().map(Walked::row).toArray(double[][]::new)).isDeepEqualTo(walked.rows());
        }
        assertThat(Files.readAllLines(dir.resolve("truth.csv")))
                .hasSize(1 + walked.events.size())
                .startsWith("t_s,foot,event");
        assertThat(Files.readAllLines(dir.resolve("strides.csv")))
                .hasSize(1 + walked.strides.size())
                .startsWith("foot,start_s,end_s,length_m");
    }

    @Test
    void shouldDescribeItselfForTheScore() throws IOException {
        WalkFolder.write(dir, "simulated", "demo \"9\" \\", WalkScenario.named("demo"), new WalkOptions(40, 9));
        JsonNode json = new ObjectMapper().readTree(dir.resolve("truth.json").toFile());
        assertThat(json.path("dataset").asText()).isEqualTo("simulated");
        assertThat(json.path("trial").asText()).isEqualTo("demo \"9\" \\");
        assertThat(json.path("clock").asText()).isEqualTo("same");
        assertThat(json.path("stride_reference").asText()).isEqualTo("mid-stance");
        assertThat(json.path("group").asText()).isEqualTo("healthy");
        assertThat(json.path("truth").asText()).isEqualTo("walking model, exact");
        assertThat(json.path("uturn")).hasSize(1);
        assertThat(json.path("uturn").get(0).get(1).asDouble())
                .isGreaterThan(json.path("uturn").get(0).get(0).asDouble());
    }

    @Test
    void shouldWriteTheSameBytesForTheSameSeed() throws IOException {
        Path one = dir.resolve("one");
        Path two = dir.resolve("two");
        for (Path folder : List.of(one, two)) {
            WalkFolder.write(folder, "s", "t", WalkScenario.named("parkinson-freezing"), new WalkOptions(45, 3));
        }
        for (String name : List.of("recording.csv", "truth.csv", "strides.csv", "truth.json")) {
            assertThat(two.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
        }
    }

    @Test
    void shouldMarkFreezingWithoutAFoot() throws IOException {
        WalkFolder.write(dir, "s", "t", WalkScenario.named("parkinson-freezing"), new WalkOptions(45, 3));
        assertThat(Files.readAllLines(dir.resolve("truth.csv")))
                .anyMatch(line -> line.endsWith(",-,FOG_ON"))
                .anyMatch(line -> line.endsWith(",-,FOG_OFF"));
    }
}

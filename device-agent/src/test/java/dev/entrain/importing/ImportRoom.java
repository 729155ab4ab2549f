package dev.entrain.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder with a small hand-written original, and what its import wrote and said. */
final class ImportRoom implements ImportRun.Listener {
    final List<String> trials = new ArrayList<>();
    final List<String> damages = new ArrayList<>();
    private final Path dir;

    ImportRoom(Path dir) {
        this.dir = dir;
    }

    /** Writes a file of the original, its lines as given. */
    Path file(String name, String... lines) throws IOException {
        Path file = dir.resolve("source").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    ImportRun.Summary run(Original original) throws IOException {
        return new ImportRun(original, out()).run(dir.resolve("source"), this);
    }

    Path out() {
        return dir.resolve("set");
    }

    List<ImuSample> samples(String trial) throws IOException {
        try (RecordingReader reader = new RecordingReader(out().resolve(trial).resolve("recording.csv"))) {
            return reader.readAll();
        }
    }

    List<String> lines(String trial, String file) throws IOException {
        return Files.readAllLines(out().resolve(trial).resolve(file));
    }

    JsonNode facts(String trial) throws IOException {
        return new ObjectMapper()
                .readTree(out().resolve(trial).resolve("truth.json").toFile());
    }

    @Override
    public void onTrial(String sentence) {
        trials.add(sentence);
    }

    @Override
    public void onDamage(String sentence) {
        damages.add(sentence);
    }
}

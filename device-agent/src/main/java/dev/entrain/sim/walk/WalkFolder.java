package dev.entrain.sim.walk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.CsvWriter;
import dev.entrain.sensor.recording.RecordingWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a simulated walk as a folder of the recording format: recording.csv, truth.csv (t_s,foot,event; foot is - for
 * freezing), strides.csv and truth.json. The same scenario and options give the same bytes.
 */
public final class WalkFolder {
    private WalkFolder() {}

    /**
     * Walks a scenario into a folder; made if missing, its files replaced.
     *
     * @param folder where, by custom {@code SET/dataset/trial}
     * @param dataset name of the set the walk belongs to, for score reports
     * @param trial name of the walk in its set
     * @param scenario what to walk
     * @param options how long and with which sensors
     * @return number of readings written
     * @throws IOException if a file can't be written
     */
    public static long write(Path folder, String dataset, String trial, WalkScenario scenario, WalkOptions options)
            throws IOException {
        Files.createDirectories(folder);
        ObjectNode json = describe(dataset, trial, scenario, options);
        long readings = 0;
        try (RecordingWriter recording = new RecordingWriter(folder.resolve("recording.csv"), header(json), 0);
                TruthFiles truth = new TruthFiles(folder, json.putArray("uturn"))) {
            WalkModel model = new WalkModel(scenario, options, truth);
            ImuSample sample = new ImuSample();
            while (model.next(sample)) {
                sample.roundToGrid(0);
                recording.write(sample);
                readings++;
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e.getCause());
        }
        Files.writeString(folder.resolve("truth.json"), new ObjectMapper().writeValueAsString(json) + "\n");
        return readings;
    }

    private static ObjectNode describe(String dataset, String trial, WalkScenario scenario, WalkOptions options) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("dataset", dataset);
        json.put("trial", trial);
        json.put("subject", "model, seed " + options.seed());
        json.put("group", scenario.group());
        json.put("scenario", scenario.name());
        json.put("rate_hz", options.rateHz());
        json.put("acc", options.sensors().gravityRemoved() ? "gravity removed" : "specific force incl. gravity");
        json.put("clock", "same");
        json.put("truth", "walking model, exact");
        json.put("stride_reference", "mid-stance");
        return json;
    }

    private static Map<String, String> header(ObjectNode json) {
        Map<String, String> header = new LinkedHashMap<>();
        for (String key : new String[] {"dataset", "subject", "group", "rate_hz", "acc"}) {
            header.put(key, json.path(key).asText());
        }
        return header;
    }

    /** truth.csv, strides.csv and the list of turns. */
    private static final class TruthFiles implements TruthSink, AutoCloseable {
        private final CsvWriter events;
        private final CsvWriter strides;
        private final ArrayNode turns;

        TruthFiles(Path folder, ArrayNode turns) throws IOException {
            this.turns = turns;
            events = new CsvWriter(folder.resolve("truth.csv"));
            events.line("t_s,foot,event");
            strides = new CsvWriter(folder.resolve("strides.csv"));
            strides.line("foot,start_s,end_s,length_m");
        }

        @Override
        public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {
            boolean freeze = kind == GaitEvent.Kind.FREEZE_ON || kind == GaitEvent.Kind.FREEZE_OFF;
            try {
                events.seconds(timeNs).field(freeze ? '-' : foot.letter()).field(kind.label());
                events.endRow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onStride(Foot foot, long startNs, long endNs, double lengthM) {
            try {
                strides.field(foot.letter()).seconds(startNs).seconds(endNs).field(lengthM, 4);
                strides.endRow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onTurn(long startNs, long endNs, double angleDeg) {
            turns.addArray().add(seconds(startNs)).add(seconds(endNs));
        }

        private static double seconds(long ns) {
            return Math.rint(ns / 1e3) / 1e6;
        }

        @Override
        public void close() throws IOException {
            try (events;
                    strides) {
                // Closing is all there is to do.
            }
        }
    }
}

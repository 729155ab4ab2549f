package dev.entrain.sim.walk;

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
 * freezing), strides.csv and truth.json (slips of a sensor as [start_s, end_s, foot, deg]). Truth names the foot of the
 * body, also where the sensors are swapped. The same scenario and options give the same bytes.
 */
public final class WalkFolder {
    private WalkFolder() {}

    /**
     * Walks a scenario into a folder and calls it as the folder is called, {@code SET/dataset/trial}, so that a score
     * finds what a replay of the set wrote.
     *
     * @param folder where
     * @param scenario what to walk
     * @param options how long and with which sensors
     * @return number of readings written
     * @throws IOException if a file can't be written
     */
    public static long write(Path folder, WalkScenario scenario, WalkOptions options) throws IOException {
        Path whole = folder.toAbsolutePath().normalize();
        int names = whole.getNameCount();
        String trial = names < 1 ? scenario.name() : whole.getName(names - 1).toString();
        String dataset = names < 2 ? "simulated" : whole.getName(names - 2).toString();
        return write(folder, dataset, trial, scenario, options);
    }

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
        Map<String, String> header = describe(dataset, scenario, options);
        StringBuilder turns = new StringBuilder();
        StringBuilder slips = new StringBuilder();
        long readings = 0;
        try (RecordingWriter recording = new RecordingWriter(folder.resolve("recording.csv"), header, 0);
                TruthFiles truth = new TruthFiles(folder, turns, slips)) {
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
        Files.writeString(folder.resolve("truth.json"), json(header, trial, scenario, options, turns, slips));
        return readings;
    }

    private static Map<String, String> describe(String dataset, WalkScenario scenario, WalkOptions options) {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("dataset", dataset);
        header.put("subject", "model, seed " + options.seed());
        header.put("group", scenario.group());
        header.put("rate_hz", Double.toString(options.rateHz()));
        header.put("acc", options.sensors().gravityRemoved() ? "gravity removed" : "specific force incl. gravity");
        return header;
    }

    private static String json(
            Map<String, String> header,
            String trial,
            WalkScenario scenario,
            WalkOptions options,
            CharSequence turns,
            CharSequence slips) {
        Map<String, String> texts = new LinkedHashMap<>(header);
        texts.remove("rate_hz");
        texts.put("trial", trial);
        texts.put("scenario", scenario.name());
        texts.put("clock", "same");
        texts.put("truth", "walking model, exact");
        texts.put("stride_reference", "mid-stance");
        StringBuilder json = new StringBuilder("{\n");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.append(" \"").append(text.getKey()).append("\": ");
            quote(text.getValue(), json);
            json.append(",\n");
        }
        json.append(" \"rate_hz\": ").append(options.rateHz()).append(",\n \"uturn\": [");
        json.append(turns).append("],\n \"slips\": [").append(slips);
        json.append("],\n \"sensors_swapped\": ").append(options.sensors().swapped());
        return json.append("\n}\n").toString();
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else {
                // Names come from options: whatever control character one holds is no loss.
                json.append(c < ' ' ? ' ' : c);
            }
        }
        json.append('"');
    }

    /** truth.csv, strides.csv and the list of turns. */
    private static final class TruthFiles implements TruthSink, AutoCloseable {
        private final CsvWriter events;
        private final CsvWriter strides;
        private final StringBuilder turns;
        private final StringBuilder slips;

        TruthFiles(Path folder, StringBuilder turns, StringBuilder slips) throws IOException {
            this.turns = turns;
            this.slips = slips;
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
            turns.append(turns.isEmpty() ? "" : ", ")
                    .append('[')
                    .append(seconds(startNs))
                    .append(", ")
                    .append(seconds(endNs))
                    .append(']');
        }

        @Override
        public void onSlip(Foot foot, long startNs, long endNs, double angleDeg) {
            slips.append(slips.isEmpty() ? "" : ", ")
                    .append('[')
                    .append(seconds(startNs))
                    .append(", ")
                    .append(seconds(endNs))
                    .append(", \"")
                    .append(foot.letter())
                    .append("\", ")
                    .append(angleDeg)
                    .append(']');
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

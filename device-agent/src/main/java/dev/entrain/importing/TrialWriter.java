package dev.entrain.importing;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.CsvWriter;
import dev.entrain.sensor.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes trials as {@code DIR/<dataset>/<trial>/}{recording.csv, truth.csv, truth.json, strides.csv}. A trial is
 * complete or not there: it is written beside its place and renamed.
 */
final class TrialWriter {
    private static final Set<String> FILES = Set.of("recording.csv", "truth.csv", "truth.json", "strides.csv");
    private static final int MOST_FILES = 64;

    /** As the reader of recordings: beyond lies damage or a wrong unit. */
    private static final double MOST_ACC_MPS2 = 4000;

    private static final double MOST_GYR_RADPS = 200;

    private final Path out;
    private final String dataset;

    /**
     * Makes one.
     *
     * @param out folder of the set; made if missing
     * @param dataset name of the dataset's folder in it
     */
    TrialWriter(Path out, String dataset) {
        this.out = out;
        this.dataset = dataset;
    }

    /**
     * Writes a trial, in place of an earlier import of it.
     *
     * @return its folder
     * @throws ImportException if the readings cannot be a foot's, or its folder holds anything else
     * @throws IOException if the disk fails
     */
    Path write(Trial trial) throws IOException {
        check(trial);
        Path set = out.resolve(dataset);
        Path folder = set.resolve(trial.name());
        Files.createDirectories(set);
        Path part = Files.createTempDirectory(set, ".part-");
        try {
            writeFiles(trial, part);
            if (Files.exists(folder)) {
                requireOurs(folder);
                delete(folder);
            }
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(part);
        }
        return folder;
    }

    private static void check(Trial trial) throws ImportException {
        for (ImuSample sample : trial.samples()) {
            String where = trial.name() + ": foot " + sample.foot.letter() + ", reading "
                    + Integer.toUnsignedString(sample.seq) + ": ";
            if (!within(sample)) {
                throw new ImportException(where + "beyond what a foot can reach (4000 m/s2, 200 rad/s);"
                        + " the file may be damaged: download it again");
            }
        }
        if (trial.samples().isEmpty()) {
            throw new ImportException(trial.name() + ": no readings; the files may be cut: download them again");
        }
    }

    private static boolean within(ImuSample sample) {
        return Math.abs(sample.axMps2) <= MOST_ACC_MPS2
                && Math.abs(sample.ayMps2) <= MOST_ACC_MPS2
                && Math.abs(sample.azMps2) <= MOST_ACC_MPS2
                && Math.abs(sample.gxRadps) <= MOST_GYR_RADPS
                && Math.abs(sample.gyRadps) <= MOST_GYR_RADPS
                && Math.abs(sample.gzRadps) <= MOST_GYR_RADPS;
    }

    private void writeFiles(Trial trial, Path part) throws IOException {
        Map<String, Object> facts = describe(trial);
        Map<String, String> header = new LinkedHashMap<>();
        for (String key : List.of("dataset", "subject", "group", "rate_hz", "acc")) {
            header.put(key, String.valueOf(facts.getOrDefault(key, "")).replaceAll("[\\r\\n]", " "));
        }
        try (RecordingWriter recording = new RecordingWriter(part.resolve("recording.csv"), header, 0)) {
            for (ImuSample sample : trial.samples()) {
                recording.write(sample);
            }
        }
        try (CsvWriter truth = new CsvWriter(part.resolve("truth.csv"))) {
            truth.line("t_s,foot,event");
            for (Trial.Event event : trial.events()) {
                truth.seconds(ns(event.timeS())).field(event.foot()).field(event.label());
                truth.endRow();
            }
        }
        if (!trial.strides().isEmpty()) {
            writeStrides(trial, part.resolve("strides.csv"));
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter(" ", "\n"));
        Files.writeString(
                part.resolve("truth.json"), new ObjectMapper().writer(printer).writeValueAsString(facts) + "\n");
    }

    private static void writeStrides(Trial trial, Path file) throws IOException {
        try (CsvWriter strides = new CsvWriter(file)) {
            strides.line("foot,start_s,end_s,length_m");
            for (Trial.Stride stride : trial.strides()) {
                strides.field(stride.foot())
                        .seconds(ns(stride.startS()))
                        .seconds(ns(stride.endS()))
                        .field(stride.lengthM(), 4);
                strides.endRow();
            }
        }
    }

    private Map<String, Object> describe(Trial trial) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("dataset", dataset);
        facts.put("acc", trial.gravityRemoved() ? "gravity removed" : "specific force incl. gravity");
        facts.putAll(trial.facts());
        facts.put("rate_hz", trial.rateHz());
        facts.put("trial", trial.name());
        return facts;
    }

    private static long ns(double seconds) {
        return Math.round(seconds * 1e9);
    }

    private static void requireOurs(Path folder) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!FILES.contains(SourceFiles.nameOf(file)) || ++count > MOST_FILES) {
                    throw new ImportException(
                            file + ": not a file of an import; choose another --out, or move it away");
                }
            }
        }
    }

    /** Removes a folder of plain files if it is there. */
    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

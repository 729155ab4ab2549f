package dev.entrain.validation;

import dev.entrain.gait.GaitEvent;
import dev.entrain.replay.GaitLog;
import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One recording with its reference and with what a replay said of it. Events and strides are held; predictions, phases and
 * samples are read when needed.
 */
final class Trial {
    private static final Set<String> REFERENCE_EVENTS =
            Set.of("IC", "FC", "HEEL_OFF", "FOOT_FLAT", "STANCE", "FOG_ON", "FOG_OFF", "MID_SWING");

    private final Path folder;
    private final Path results;
    private final TrialFacts facts;
    private final RecordingScan scan;
    private final EventList truth;
    private final EventList detected;
    private final List<Stride> truthStrides;
    private final List<Stride> strides;

    /** A stride of one foot from startS to endS, lengthM long. */
    record Stride(char foot, double startS, double endS, double lengthM) {
        double middleS() {
            return (startS + endS) / 2;
        }
    }

    /** One prediction: made at decidedS, contact at contactS, 80 % interval of +-halfWidthS (NaN where unknown). */
    record Prediction(double decidedS, double contactS, double halfWidthS) {}

    /** Receives the phase of a foot at a time. */
    interface PhaseSink {
        /**
         * Called for each row.
         *
         * @param timeS seconds of the recording
         * @param phase share of the cycle
         */
        void at(double timeS, double phase);
    }

    /**
     * Reads reference and results.
     *
     * @param folder holds recording.csv, truth.csv and perhaps strides.csv
     * @param results holds events.csv and so on; what is missing counts as nothing detected
     * @param facts from truth.json
     * @throws IOException if a file is damaged; the message names it
     */
    Trial(Path folder, Path results, TrialFacts facts, Findings findings) throws IOException {
        this.folder = folder;
        this.results = results;
        this.facts = facts;
        scan = RecordingScan.of(folder.resolve("recording.csv"), findings);
        truth = readTruth(folder.resolve("truth.csv"), facts, findings);
        truthStrides = readStrides(folder.resolve("strides.csv"), true, findings);
        boolean replayed = Files.isDirectory(results);
        if (!replayed) {
            findings.warn(results + ": no such folder; " + facts.trial()
                    + " is scored as nothing detected (entrain replay SET --out RESULTS makes it)");
        }
        detected = replayed ? readEvents(results.resolve(GaitLog.EVENTS), findings) : new EventList();
        strides =
                replayed ? readStrides(results.resolve(GaitLog.STRIDES), truthStrides.isEmpty(), findings) : List.of();
        if (replayed && (truth.names().contains("IC") || truth.names().contains("FC"))) {
            tellMissing(GaitLog.PREDICTIONS, findings, "decided_s", "foot", "ic_s");
            tellMissing(GaitLog.PHASE, findings, "t_s", "foot", "phase");
        }
    }

    Path folder() {
        return folder;
    }

    TrialFacts facts() {
        return facts;
    }

    String name() {
        return facts.trial();
    }

    /** The feet that wear a sensor, left first. */
    List<Foot> feet() {
        return scan.feet();
    }

    RecordingScan scan() {
        return scan;
    }

    EventList truth() {
        return truth;
    }

    EventList detected() {
        return detected;
    }

    List<Stride> truthStrides(Foot foot) {
        return ofFoot(truthStrides, foot);
    }

    List<Stride> strides(Foot foot) {
        return ofFoot(strides, foot);
    }

    /**
     * Reads once what is read again while scoring.
     *
     * @throws IOException if a file is damaged; the message names it
     */
    void check() throws IOException {
        for (Foot foot : feet()) {
            predictions(foot);
            phases(foot, (timeS, phase) -> {});
        }
    }

    /** Reads a foot's predictions in the order they were made. */
    List<Prediction> predictions(Foot foot) throws IOException {
        List<Prediction> predictions = new ArrayList<>();
        try (CsvTable table = CsvTable.open(results.resolve(GaitLog.PREDICTIONS))) {
            if (table == null || table.missing("decided_s", "foot", "ic_s") != null) {
                return predictions;
            }
            table.select("decided_s", "foot", "ic_s", "half_width_s");
            while (table.next()) {
                if (isFoot(table.text(1), foot)) {
                    predictions.add(new Prediction(table.number(0), table.number(2), table.number(3)));
                }
            }
        }
        return predictions;
    }

    /** Passes a foot's phases by in the order of the file. */
    void phases(Foot foot, PhaseSink sink) throws IOException {
        try (CsvTable table = CsvTable.open(results.resolve(GaitLog.PHASE))) {
            if (table == null || table.missing("t_s", "foot", "phase") != null) {
                return;
            }
            table.select("t_s", "foot", "phase");
            while (table.next()) {
                if (isFoot(table.text(1), foot)) {
                    sink.at(table.number(0), table.number(2));
                }
            }
        }
    }

    private void tellMissing(String name, Findings findings, String... columns) throws IOException {
        CsvTable table = openResults(results.resolve(name), findings, columns);
        if (table != null) {
            table.close();
        }
    }

    private static boolean isFoot(String text, Foot foot) {
        return text.length() == 1 && text.charAt(0) == foot.letter();
    }

    private static List<Stride> ofFoot(List<Stride> strides, Foot foot) {
        return strides.stream().filter(stride -> stride.foot == foot.letter()).toList();
    }

    private static EventList readTruth(Path file, TrialFacts facts, Findings findings) throws IOException {
        EventList events = new EventList();
        try (CsvTable table = CsvTable.open(file)) {
            if (table == null || table.isEmpty()) {
                if (!facts.truth().equals("none") && facts.swings() < 0) {
                    findings.warn(file + ": " + (table == null ? "missing" : "empty")
                            + "; this recording has no reference events (expected columns t_s,foot,event)");
                }
                return events;
            }
            String missing = table.missing("t_s", "foot", "event");
            if (missing != null) {
                throw new ValidationException(
                        file + ":1: no column " + missing + "; the first line must name t_s,foot,event");
            }
            table.select("t_s", "foot", "event");
            while (table.next()) {
                String foot = table.text(1);
                if (!foot.equals("L") && !foot.equals("R") && !foot.equals("-")) {
                    throw table.damaged("expected foot L, R or -");
                }
                events.add(new EventList.Event(table.finite(0), Double.NaN, foot.charAt(0), table.text(2), Double.NaN));
            }
        }
        for (String name : events.unknown(REFERENCE_EVENTS)) {
            findings.warn(file + ": event \"" + name
                    + "\" is not scored; known are IC, FC, HEEL_OFF, FOOT_FLAT, STANCE, FOG_ON, FOG_OFF");
        }
        checkOrder(file, events);
        int on = events.times(null, "FOG_ON").length;
        int off = events.times(null, "FOG_OFF").length;
        if (on != off) {
            findings.warn(file + ": " + on + " FOG_ON and " + off
                    + " FOG_OFF; an episode without its other half is not scored");
        }
        return events;
    }

    /** Each foot's reference must go on in time; a swing needs both its ends. */
    private static void checkOrder(Path file, EventList events) throws ValidationException {
        for (Foot foot : new Foot[] {Foot.LEFT, Foot.RIGHT}) {
            for (String name : REFERENCE_EVENTS) {
                double[] times = events.times(foot, name);
                for (int i = 1; i < times.length; i++) {
                    if (times[i] < times[i - 1]) {
                        throw new ValidationException(file + ": " + name + " of foot " + foot.letter() + " at "
                                + times[i] + " s comes after " + times[i - 1] + " s; sort the rows by time");
                    }
                }
            }
            int off = events.times(foot, "HEEL_OFF").length;
            int flat = events.times(foot, "FOOT_FLAT").length;
            if (off > 0 && off != flat) {
                throw new ValidationException(file + ": foot " + foot.letter() + " has " + off + " HEEL_OFF and " + flat
                        + " FOOT_FLAT; every swing needs both");
            }
        }
    }

    private static EventList readEvents(Path file, Findings findings) throws IOException {
        EventList events = new EventList();
        try (CsvTable table = openResults(file, findings, "decided_s", "t_s", "foot", "event")) {
            if (table == null) {
                return events;
            }
            table.select("decided_s", "t_s", "foot", "event", "confidence");
            while (table.next()) {
                String foot = table.text(2);
                events.add(new EventList.Event(
                        table.number(1),
                        table.number(0),
                        foot.isEmpty() ? '-' : foot.charAt(0),
                        table.text(3).intern(),
                        table.number(4)));
            }
        }
        Set<String> known = new HashSet<>(REFERENCE_EVENTS);
        for (GaitEvent.Kind kind : GaitEvent.Kind.values()) {
            known.add(kind.label());
        }
        for (String name : events.unknown(known)) {
            findings.warn(file + ": event \"" + name + "\" is not known and not scored");
        }
        return events;
    }

    private static List<Stride> readStrides(Path file, boolean optional, Findings findings) throws IOException {
        List<Stride> strides = new ArrayList<>();
        if (optional && !Files.exists(file)) {
            return strides;
        }
        try (CsvTable table = openResults(file, findings, "foot", "start_s", "end_s", "length_m")) {
            if (table == null) {
                return strides;
            }
            table.select("foot", "start_s", "end_s", "length_m");
            while (table.next()) {
                String foot = table.text(0);
                strides.add(new Stride(
                        foot.isEmpty() ? '-' : foot.charAt(0), table.number(1), table.number(2), table.number(3)));
            }
        }
        return strides;
    }

    /** Opens a table of results; a missing or unusable one is told and scores as nothing detected. */
    private static @Nullable CsvTable openResults(Path file, Findings findings, String... columns) throws IOException {
        CsvTable table = CsvTable.open(file);
        if (table == null) {
            findings.warn(file + ": missing; scored as nothing detected");
            return null;
        }
        String missing = table.missing(columns);
        if (missing != null) {
            table.close();
            findings.warn(file + ": " + (table.isEmpty() ? "empty" : "no column " + missing)
                    + "; scored as nothing detected (expected " + String.join(",", columns) + ")");
            return null;
        }
        return table;
    }
}

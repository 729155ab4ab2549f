package dev.entrain.safety;

import dev.entrain.session.SafetyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * deploy/safety/hazards.csv: one control a row. Its proof is one test or more ({@link TestReference}), or a section of a
 * handbook where people must do it, {@code deploy/handbook/FILE.md#Heading}.
 */
final class HazardLog {
    static final Path FILE = Path.of("..", "deploy", "safety", "hazards.csv");
    static final List<String> COLUMNS = List.of("id", "hazard", "cause", "harm", "control", "rule", "test");

    private static final Path ROOT = Path.of("..");
    private static final int ID = COLUMNS.indexOf("id");
    private static final int RULE = COLUMNS.indexOf("rule");
    private static final int TEST = COLUMNS.indexOf("test");

    private HazardLog() {}

    /** Returns all that is wrong with a log, each as a line for who edits it; empty if nothing is. */
    static List<String> faults(String csv) throws IOException {
        List<String> faults = new ArrayList<>();
        List<CsvTable.Row> rows = CsvTable.read(csv);
        if (rows.isEmpty() || !rows.getFirst().cells().equals(COLUMNS)) {
            return List.of("line 1: the columns are " + String.join(",", COLUMNS));
        }
        Set<String> ids = new HashSet<>();
        Set<SafetyRule> proven = EnumSet.noneOf(SafetyRule.class);
        for (CsvTable.Row row : rows.subList(1, rows.size())) {
            String where = "line " + row.line() + ": ";
            List<String> cells = row.cells();
            if (cells.size() != COLUMNS.size()) {
                faults.add(where + cells.size() + " cells where " + COLUMNS.size() + " are needed");
                continue;
            }
            for (int i = 0; i < cells.size(); i++) {
                if (i != RULE && cells.get(i).isBlank()) {
                    faults.add(where + "no " + COLUMNS.get(i));
                }
            }
            if (!cells.get(ID).matches("H\\d\\d\\.\\d") || !ids.add(cells.get(ID))) {
                faults.add(where + "\"" + cells.get(ID)
                        + "\" is no new id; write H and number, a point and the control's");
            }
            boolean tested = true;
            for (String proof : proofs(cells.get(TEST))) {
                String fault = proof.startsWith("deploy/") ? sectionFault(proof) : TestReference.fault(proof);
                if (fault != null) {
                    faults.add(where + fault);
                }
                tested &= fault == null && !proof.startsWith("deploy/");
            }
            SafetyRule rule = rule(cells.get(RULE));
            if (rule != null && tested) {
                proven.add(rule);
            } else if (rule == null && !cells.get(RULE).isEmpty()) {
                faults.add(where + "there is no SafetyRule " + cells.get(RULE));
            }
        }
        for (SafetyRule rule : SafetyRule.values()) {
            if (!proven.contains(rule)) {
                faults.add("no control with a test has the rule " + rule);
            }
        }
        return faults;
    }

    /** Returns the tests and sections of a cell, separated by ";". */
    static List<String> proofs(String cell) {
        return Arrays.stream(cell.split(";", -1))
                .map(String::strip)
                .filter(proof -> !proof.isEmpty())
                .toList();
    }

    private static @Nullable SafetyRule rule(String name) {
        return Arrays.stream(SafetyRule.values())
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String sectionFault(String proof) throws IOException {
        int mark = proof.indexOf('#');
        if (mark < 0) {
            return "\"" + proof + "\" names no section; write FILE.md#Heading";
        }
        Path file = ROOT.resolve(proof.substring(0, mark));
        if (!Files.isRegularFile(file)) {
            return "there is no file " + proof.substring(0, mark);
        }
        String heading = proof.substring(mark + 1);
        boolean found = Files.readAllLines(file).stream()
                .anyMatch(line ->
                        line.startsWith("#") && line.replaceFirst("#+ ", "").equals(heading));
        return found ? null : proof.substring(0, mark) + " has no section \"" + heading + "\"";
    }
}

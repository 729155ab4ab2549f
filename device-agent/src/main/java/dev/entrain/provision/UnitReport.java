package dev.entrain.provision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.identity.IdentityFolder;
import dev.entrain.identity.UnitSignature;
import dev.entrain.journal.WholeFile;
import dev.entrain.sample.Foot;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was done and measured while a unit was provisioned, signed with the unit's key: {@code report} as it was signed, without
 * blanks, and {@code signature} beside it. No word of it is about a patient.
 */
public final class UnitReport {
    /** Name and version of the format. */
    public static final String FORMAT = "entrain-unit-report-1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_BYTES = 1_000_000;

    private UnitReport() {}

    /**
     * Writes the report and its readable twin beside it, {@code .txt} for {@code .json}.
     *
     * @return the readable text
     */
    static String write(Path file, Bench bench, List<Step> steps) throws IOException {
        ObjectNode report = body(bench, steps);
        ObjectNode root = JSON.createObjectNode();
        root.set("report", report);
        IdentityFolder identity = new IdentityFolder(bench.stateDir());
        boolean signed = identity.inUse();
        if (signed) {
            root.putObject("signature")
                    .put("algorithm", UnitSignature.algorithm())
                    .put("certificate", Files.readString(identity.certificate()))
                    .put("value", UnitSignature.sign(identity.key(), signedBytes(report)));
        }
        String text = text(report)
                + (signed
                        ? "\nSigned with the unit's key. Check: entrain provision --verify " + file.getFileName() + "\n"
                        : "\nNot signed: this unit has no certificate.\n");
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        WholeFile.replace(readable(file), text);
        return text;
    }

    static Path readable(Path file) {
        String name = file.getFileName().toString();
        String base = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
        return file.resolveSibling(base + ".txt");
    }

    private static byte[] signedBytes(JsonNode report) throws JsonProcessingException {
        return JSON.writeValueAsBytes(report);
    }

    private static ObjectNode body(Bench bench, List<Step> steps) {
        ObjectNode report = JSON.createObjectNode();
        Draft draft = bench.draft();
        report.put("format", FORMAT);
        report.put("unit", draft.get("telemetry.unit", "unprovisioned"));
        report.put(
                "written_utc",
                WallClock.SYSTEM.now().truncatedTo(ChronoUnit.SECONDS).toString());
        report.put("agent", bench.version());
        report.put("java", Runtime.version().toString());
        report.put("complete", bench.state().complete());
        ObjectNode sensors = report.putObject("sensors");
        for (Foot foot : Foot.values()) {
            String table = "provision.sensor." + foot.word() + ".";
            String line = draft.get(table + "line");
            if (line != null) {
                sensors.putObject(foot.word()).put("line", line).put("serial", draft.get(table + "serial", ""));
            }
        }
        report.put("sound", draft.get("audio.device", ""));
        report.put("broker", draft.get("telemetry.broker", ""));
        ArrayNode done = report.putArray("steps");
        for (Step step : steps) {
            ProvisionState.Done was = bench.state().step(step.name());
            ObjectNode entry = done.addObject().put("step", step.name());
            entry.put("state", was == null ? "not done" : was.done() ? "done" : "left out");
            entry.put("what", was == null ? "" : was.what());
            entry.put("at", was == null ? "" : was.at());
        }
        ArrayNode found = report.putArray("findings");
        for (Step step : steps) {
            bench.state()
                    .findings()
                    .getOrDefault(step.name(), List.of())
                    .forEach(finding -> found.add(ProvisionState.json(finding)));
        }
        return report;
    }

    /** Returns a report as a person reads it. */
    private static String text(JsonNode report) {
        List<String> lines = new ArrayList<>();
        lines.add("Unit report of " + report.path("unit").asText()
                + (report.path("complete").asBoolean() ? "" : " (not complete)"));
        lines.add("Written " + report.path("written_utc").asText() + ", entrain "
                + report.path("agent").asText() + ", Java "
                + report.path("java").asText());
        lines.add("Research software, not a medical device.");
        lines.add("");
        lines.add("Steps");
        for (JsonNode step : report.path("steps")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-8s %-8s %s",
                    step.path("step").asText(),
                    step.path("state").asText(),
                    step.path("what").asText()));
        }
        report.path("sensors")
                .properties()
                .forEach(sensor -> lines.add(String.format(
                        Locale.ROOT,
                        "  %-8s %-8s %s",
                        sensor.getKey(),
                        "sensor",
                        sensor.getValue().path("line").asText() + " "
                                + sensor.getValue().path("serial").asText())));
        if (!report.path("findings").isEmpty()) {
            lines.add("");
            lines.add("Measured");
        }
        for (JsonNode finding : report.path("findings")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-7s %-10s %-10s %s",
                    finding.path("verdict").asText(),
                    finding.path("area").asText(),
                    finding.path("item").asText(),
                    finding.path("value").asText()));
        }
        return String.join("\n", lines) + "\n";
    }

    /**
     * Checks a report's signature.
     *
     * @param authority the clinic's file to check the certificate against, or null
     * @return one line for a person
     * @throws StepException if it is not what a unit signed
     */
    public static String verify(Path file, @Nullable Path authority) throws StepException, IOException {
        String next = "Take the report from the unit again, or have the unit provisioned anew.";
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            throw new StepException(file + ": there is no report there.", "Name the .json file of a unit report.");
        }
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StepException(file + ": this is no unit report.", "Name the .json file, not the .txt beside it.");
        }
        JsonNode report = root.path("report");
        if (!report.path("format").asText().equals(FORMAT)) {
            throw new StepException(file + ": this is no unit report.", "Name the .json file of a unit report.");
        }
        String certificate = root.path("signature").path("certificate").asText();
        if (certificate.isEmpty()) {
            throw new StepException(
                    file + ": is not signed: the unit had no certificate when it was written.",
                    "Do the clinic's step and write it again: entrain provision --step clinic --step config --step walk");
        }
        String wrong = UnitSignature.problem(
                certificate, root.path("signature").path("value").asText(), signedBytes(report), authority);
        if (wrong != null) {
            throw new StepException(file + ": " + wrong + ".", next);
        }
        String name = UnitSignature.nameIn(certificate);
        if (!name.equals(report.path("unit").asText())) {
            throw new StepException(file + ": is about another unit than the one that signed it (" + name + ").", next);
        }
        return "Good: signed by " + name
                + (authority == null
                        ? " (name the clinic's file with --ca to check by whom the" + " unit's certificate was signed)"
                        : ", whose certificate the clinic signed")
                + ".";
    }
}

package dev.entrain.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What truth.json says about one recording.
 *
 * @param dataset name of the data set
 * @param trial name of the recording in it
 * @param group which kind of walker, for figures by group
 * @param clockFitted whether the reference's clock has to be fitted ({@code "clock": "fit"})
 * @param truth what the reference is, in words; {@code none} for no reference at all
 * @param strideFromContact whether reference strides go from initial contact to initial contact and not from mid-stance
 *     to mid-stance ({@code "stride_reference": "IC"})
 * @param swings number of swings counted by the reference, or -1
 * @param turns turns as spans of time
 */
record TrialFacts(
        String dataset,
        String trial,
        String group,
        boolean clockFitted,
        String truth,
        boolean strideFromContact,
        int swings,
        List<Spans.Span> turns) {
    private static final long LARGEST_BYTES = 1 << 20;

    TrialFacts {
        turns = List.copyOf(turns);
    }

    /**
     * Reads a truth.json.
     *
     * @throws ValidationException if it can't be used; the message names file and remedy
     */
    static TrialFacts read(Path file, Findings findings) throws IOException {
        if (Files.size(file) > LARGEST_BYTES) {
            throw new ValidationException(file + ": over 1 MB, so no description of a recording; copy the file again");
        }
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new ValidationException(file + ":" + e.getLocation().getLineNr() + ": no JSON ("
                    + e.getOriginalMessage().lines().findFirst().orElse("damaged") + "); correct this line");
        }
        if (root instanceof MissingNode || !root.isObject()) {
            throw new ValidationException(
                    file + ": holds no JSON object; expected {\"dataset\": ..., \"trial\": ..., \"group\": ..., ...}");
        }
        String clock = text(root, "clock", "same");
        if (!clock.equals("same") && !clock.equals("fit")) {
            findings.warn(file + ": clock is \"" + clock + "\", taken as \"same\"; known are same and fit");
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        return new TrialFacts(
                name(root, "dataset", file, folder == null ? null : folder.getParent(), findings),
                name(root, "trial", file, folder, findings),
                text(root, "group", "unknown"),
                clock.equals("fit"),
                text(root, "truth", ""),
                text(root, "stride_reference", "").equals("IC"),
                root.path("swings").asInt(-1),
                turns(root.path("uturn"), file));
    }

    private static String text(JsonNode root, String key, String otherwise) {
        JsonNode value = root.path(key);
        return value.isMissingNode() || value.isNull() ? otherwise : value.asText();
    }

    /** Names become folders of the results, so nothing that leads elsewhere is taken. */
    private static String name(JsonNode root, String key, Path file, @Nullable Path folder, Findings findings)
            throws ValidationException {
        String name = text(root, key, "");
        if (name.isEmpty()) {
            Path last = folder == null ? null : folder.getFileName();
            name = last == null ? key : last.toString();
            findings.warn(file + ": no \"" + key + "\"; the folder's name \"" + name + "\" is used");
        }
        if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw new ValidationException(file + ": \"" + key + "\": \"" + name
                    + "\" is no name for a folder; leave slashes and leading dots out");
        }
        return name;
    }

    private static List<Spans.Span> turns(JsonNode list, Path file) throws ValidationException {
        Spans turns = new Spans();
        for (JsonNode turn : list) {
            if (turn.size() != 2 || !turn.get(0).isNumber() || !turn.get(1).isNumber()) {
                throw new ValidationException(
                        file + ": \"uturn\" must be a list of [start, end] in seconds, not " + turn);
            }
            turns.add(turn.get(0).asDouble(), turn.get(1).asDouble());
        }
        return turns.all();
    }
}

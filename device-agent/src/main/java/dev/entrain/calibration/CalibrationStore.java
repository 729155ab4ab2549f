package dev.entrain.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.OutputCalibration.OffsetSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The calibrations of this unit, one for each output by its configured name, in {@code outputs.json} of the state folder.
 * The file is replaced whole, so that a power cut leaves the old or the new one. Not thread-safe.
 */
public final class CalibrationStore {
    private static final String FILE = "outputs.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /**
     * Touches nothing yet.
     *
     * @param stateDir folder of the unit's own state; made when something is first written
     */
    public CalibrationStore(Path stateDir) {
        file = stateDir.resolve(FILE);
    }

    /**
     * Returns what is known of an output; {@link OutputCalibration#NONE} where nothing is.
     *
     * @param device the output's name, as {@code audio.device}
     * @throws IOException naming the file and what to do, if it cannot be read or is damaged
     */
    public OutputCalibration read(String device) throws IOException {
        JsonNode entry = all().path(device);
        try {
            return new OutputCalibration(
                    entry.path("offset_ms").asDouble(Double.NaN),
                    OffsetSource.valueOf(entry.path("offset_source").asText(OffsetSource.UNKNOWN.name())),
                    entry.path("offset_spread_ms").asDouble(Double.NaN),
                    entry.path("full_scale_db_spl").asDouble(Double.NaN));
        } catch (IllegalArgumentException e) {
            throw damaged("no such offset_source");
        }
    }

    /**
     * Keeps a calibration in place of an older one.
     *
     * @throws IOException if the state folder cannot be written or the file in it is damaged
     */
    public void write(String device, OutputCalibration calibration) throws IOException {
        ObjectNode root = all();
        ObjectNode entry = root.putObject(device);
        put(entry, "offset_ms", calibration.offsetMs());
        entry.put("offset_source", calibration.offsetSource().name());
        put(entry, "offset_spread_ms", calibration.offsetSpreadMs());
        put(entry, "full_scale_db_spl", calibration.fullScaleDbSpl());
        Files.createDirectories(folder());
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Looks whether a calibration can be kept, before minutes are spent on it.
     *
     * @throws IOException if not, saying what to do
     */
    public void checkWritable() throws IOException {
        Path folder = folder();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(unwritable(folder), e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException(unwritable(folder));
        }
    }

    private static String unwritable(Path folder) {
        return folder + " cannot be written, so nothing could be kept. Run this as the user of the agent, or correct"
                + " state_dir.";
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file in a folder has a parent");
    }

    private ObjectNode all() throws IOException {
        try {
            if (JSON.readTree(Files.readString(file)) instanceof ObjectNode object) {
                return object;
            }
            throw damaged("it holds no object");
        } catch (NoSuchFileException e) {
            return JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            throw damaged(e.getOriginalMessage());
        }
    }

    private IOException damaged(String why) {
        return new IOException(file + " is damaged (" + why + "). Remove it and calibrate again.");
    }

    private static void put(ObjectNode entry, String name, double value) {
        if (Double.isFinite(value)) {
            entry.put(name, value);
        }
    }
}

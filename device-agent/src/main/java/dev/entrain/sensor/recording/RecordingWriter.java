package dev.entrain.sensor.recording;

import dev.entrain.sample.ImuSample;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a recording. What it writes is read back to the same numbers if the samples lie on the recording grid ({@link
 * ImuSample#roundToGrid}). Not thread-safe.
 */
public final class RecordingWriter implements AutoCloseable {
    private static final int MOST_RECORDINGS = 9_999;

    private final CsvWriter csv;
    private final long originNs;

    /**
     * Creates or replaces a recording.
     *
     * @param file path of the file; its folder must exist
     * @param header keys and values for the first lines, neither with line breaks
     * @param originNs CLOCK_MONOTONIC time of second zero, ns; a simulation uses 0
     * @throws IOException if it can't be created
     */
    public RecordingWriter(Path file, Map<String, String> header, long originNs) throws IOException {
        this.originNs = originNs;
        csv = new CsvWriter(file);
        for (Map.Entry<String, String> entry : header.entrySet()) {
            csv.line("# " + entry.getKey() + ": " + entry.getValue());
        }
        if (originNs != 0) {
            csv.line("# origin_monotonic_ns: " + originNs);
        }
        csv.line(RecordingReader.COLUMNS);
    }

    /**
     * Starts the recording of a walk: recording.csv in a folder, made if missing. A recording that is there already is kept;
     * the new one is then called recording-2.csv and so on.
     *
     * @param folder receives the file
     * @param unit name of the unit, for the header
     * @param originNs CLOCK_MONOTONIC time of second zero, ns
     * @param wall civil time of second zero, as far as the unit knows it
     * @throws IOException if it can't be created
     */
    public static RecordingWriter start(Path folder, String unit, long originNs, WallClock wall) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> header = new LinkedHashMap<>();
        header.put("unit", unit);
        header.put("started_utc", wall.now().toString());
        Path file = folder.resolve("recording.csv");
        for (int number = 2; Files.exists(file) && number <= MOST_RECORDINGS; number++) {
            file = folder.resolve("recording-" + number + ".csv");
        }
        if (Files.exists(file)) {
            throw new IOException(folder + " holds " + MOST_RECORDINGS + " recordings; choose another folder");
        }
        return new RecordingWriter(file, header, originNs);
    }

    /** Appends one reading. Allocates nothing. */
    public void write(ImuSample sample) throws IOException {
        csv.seconds(sample.timeNs - originNs)
                .field(sample.foot.letter())
                .field(Integer.toUnsignedLong(sample.seq))
                .field(sample.axMps2, 4)
                .field(sample.ayMps2, 4)
                .field(sample.azMps2, 4)
                .field(sample.gxRadps, 5)
                .field(sample.gyRadps, 5)
                .field(sample.gzRadps, 5)
                .endRow();
    }

    /** Hands what was written to the operating system. */
    public void flush() throws IOException {
        csv.flush();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}

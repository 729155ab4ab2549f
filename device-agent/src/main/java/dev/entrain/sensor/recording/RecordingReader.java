package dev.entrain.sensor.recording;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording row by row: {@code # key: value} lines, the column line, then one row per reading in time order of
 * each foot. Reading a row allocates nothing. A file cut in the middle of its last row ends before that row and says so
 * in {@link #truncation()}. Not thread-safe.
 */
public final class RecordingReader implements AutoCloseable {
    /** The column line of every recording. */
    public static final String COLUMNS = "t_s,foot,seq,ax_mps2,ay_mps2,az_mps2,gx_radps,gy_radps,gz_radps";

    private static final int FIELDS = 9;
    private static final int LINE_BYTES = 4096;
    private static final double MAX_TIME_S = 1e9;

    /** The widest ranges of sensors on the market, 400 g and 8000 deg/s, and some: beyond lies damage or a wrong unit. */
    private static final double MOST_ACC_MPS2 = 4000;

    private static final double MOST_GYR_RADPS = 200;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] line = new byte[LINE_BYTES];
    private final int[] ends = new int[FIELDS];
    private final DecimalParser decimal = new DecimalParser();
    private final long[] lastNs = {Long.MIN_VALUE, Long.MIN_VALUE};
    private final Map<String, String> header = new LinkedHashMap<>();
    private final long originNs;
    private int bufferAt;
    private int bufferEnd;
    private int lineLength;
    private boolean lineComplete;
    private long lineNumber;
    private @Nullable String truncation;

    /**
     * Opens a recording and reads its header.
     *
     * @param file path of the file
     * @throws RecordingException if it is missing or is no recording
     * @throws IOException if the disk fails
     */
    public RecordingReader(Path file) throws IOException {
        this.file = file;
        if (!Files.isRegularFile(file)) {
            throw new RecordingException(file + ": no such file; name a recording.csv (entrain simulate makes one)");
        }
        in = new FileInputStream(file.toFile());
        try {
            readHeader();
            originNs = parseOrigin();
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Returns the header's values by key, in the order of the file; read-only. */
    public Map<String, String> header() {
        return Map.copyOf(header);
    }

    /** Returns the CLOCK_MONOTONIC time of the recording's second zero, ns; 0 where the file does not say. */
    public long originNs() {
        return originNs;
    }

    /** Returns the nominal sample rate of one foot in Hz from the header, or NaN where the file does not say. */
    public double rateHz() {
        String text = header.get("rate_hz");
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII);
        return decimal.parse(bytes, 0, bytes.length);
    }

    /** Returns what is missing at the end of the file, as a sentence, or null while nothing is known to be. */
    public @Nullable String truncation() {
        return truncation;
    }

    /**
     * Reads the next row.
     *
     * @param sample receives it; its time is the file's seconds plus {@link #originNs()}
     * @return false at the end of the file
     * @throws RecordingException if the row is malformed; the message names the line
     * @throws IOException if the disk fails
     */
    public boolean next(ImuSample sample) throws IOException {
        while (readLine()) {
            if (lineLength > 0) {
                return parseRow(sample);
            }
        }
        return false;
    }

    /** Reads all remaining rows into fresh samples; for recordings that fit in memory (100 bytes a row). */
    public List<ImuSample> readAll() throws IOException {
        List<ImuSample> all = new ArrayList<>();
        ImuSample sample = new ImuSample();
        while (next(sample)) {
            all.add(sample);
            sample = new ImuSample();
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void readHeader() throws IOException {
        while (readLine()) {
            String text = new String(line, 0, lineLength, StandardCharsets.UTF_8).strip();
            if (text.startsWith("#")) {
                int colon = text.indexOf(':');
                if (colon > 0) {
                    header.put(
                            text.substring(1, colon).strip(),
                            text.substring(colon + 1).strip());
                }
            } else if (text.equals(COLUMNS)) {
                return;
            } else if (!text.isEmpty()) {
                throw new RecordingException(file + ":" + lineNumber + ": not a recording: expected the column line \""
                        + COLUMNS + "\", found \"" + abbreviate(text) + "\"");
            }
        }
        throw new RecordingException(
                file + ": not a recording: the file ends before the column line \"" + COLUMNS + "\"");
    }

    private long parseOrigin() throws RecordingException {
        String text = header.get("origin_monotonic_ns");
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new RecordingException(
                    file + ": origin_monotonic_ns must be a whole number of nanoseconds, not \"" + text + "\"");
        }
    }

    private boolean parseRow(ImuSample sample) throws RecordingException {
        int fields = 0;
        for (int i = 0; i < lineLength && fields < FIELDS; i++) {
            if (line[i] == ',') {
                ends[fields++] = i;
            }
        }
        boolean nine = fields == FIELDS - 1;
        if (nine) {
            ends[fields] = lineLength;
        }
        // A row without its line break may have lost digits as well, so it is not used even when it parses.
        if (!lineComplete) {
            truncation = file + ":" + lineNumber + ": the file ends in the middle of a row; the " + (lineNumber - 1)
                    + " lines before it were used (copy the file again if it should be longer)";
            return false;
        }
        if (!nine) {
            throw malformed("expected " + FIELDS + " fields");
        }
        double timeS = number(0);
        double seq = number(2);
        if (!(Math.abs(timeS) < MAX_TIME_S) || seq != Math.rint(seq) || Math.abs(seq) > 0xFFFFFFFFL) {
            throw malformed("expected t_s in seconds and seq as a whole number");
        }
        byte letter = line[ends[0] + 1];
        if (ends[1] != ends[0] + 2 || (letter != 'L' && letter != 'R')) {
            throw malformed("expected foot L or R");
        }
        sample.foot = letter == 'L' ? Foot.LEFT : Foot.RIGHT;
        sample.timeNs = originNs + Math.round(timeS * 1e9);
        sample.seq = (int) (long) seq;
        sample.axMps2 = number(3);
        sample.ayMps2 = number(4);
        sample.azMps2 = number(5);
        sample.gxRadps = number(6);
        sample.gyRadps = number(7);
        sample.gzRadps = number(8);
        if (!(within(sample.axMps2, sample.ayMps2, sample.azMps2, MOST_ACC_MPS2)
                && within(sample.gxRadps, sample.gyRadps, sample.gzRadps, MOST_GYR_RADPS))) {
            throw malformed("expected six numbers a foot can reach after seq (m/s2 up to 4000, rad/s up to 200)");
        }
        int foot = sample.foot.ordinal();
        if (sample.timeNs <= lastNs[foot]) {
            throw malformed("time does not go on within foot " + sample.foot.letter());
        }
        lastNs[foot] = sample.timeNs;
        return true;
    }

    private static boolean within(double x, double y, double z, double most) {
        return Math.abs(x) <= most && Math.abs(y) <= most && Math.abs(z) <= most;
    }

    private double number(int field) {
        return decimal.parse(line, field == 0 ? 0 : ends[field - 1] + 1, ends[field]);
    }

    private RecordingException malformed(String expected) {
        String text = new String(line, 0, lineLength, StandardCharsets.UTF_8);
        return new RecordingException(file + ":" + lineNumber + ": " + expected + ", found \"" + abbreviate(text)
                + "\"; correct or remove this line");
    }

    private static String abbreviate(String text) {
        String printable = text.replaceAll("\\P{Print}", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
    }

    /** Fills {@link #line} without its line break; false at the end of the file. */
    private boolean readLine() throws IOException {
        lineLength = 0;
        lineComplete = false;
        while (true) {
            if (bufferAt == bufferEnd) {
                bufferAt = 0;
                bufferEnd = in.read(buffer);
                if (bufferEnd <= 0) {
                    bufferEnd = 0;
                    lineNumber += lineLength > 0 ? 1 : 0;
                    return lineLength > 0;
                }
            }
            byte c = buffer[bufferAt++];
            if (c == '\n') {
                lineComplete = true;
                lineNumber++;
                lineLength -= lineLength > 0 && line[lineLength - 1] == '\r' ? 1 : 0;
                return true;
            }
            if (lineLength == LINE_BYTES) {
                throw new RecordingException(file + ":" + (lineNumber + 1) + ": not a recording: a line of over "
                        + LINE_BYTES + " bytes starting \""
                        + abbreviate(new String(Arrays.copyOf(line, 60), StandardCharsets.ISO_8859_1)) + "\"");
            }
            line[lineLength++] = c;
        }
    }
}

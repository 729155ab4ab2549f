package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A foot that stands 0.6 s and swings 0.4 s, written as a MATLAB file. */
class PyshoeOriginalTest {
    private static final String TRIAL = "2020-01-02-03-04-05";
    private static final int ROWS = 1000;
    private static final double STRIDE_M = 1.2;

    @TempDir
    Path dir;

    private ImportRoom room;

    @BeforeEach
    void setUp() {
        room = new ImportRoom(dir);
    }

    private void matlab(boolean compressed, int cutBytes) throws IOException {
        double[] imu = new double[ROWS * 6];
        double[] times = new double[ROWS];
        double[] positions = new double[ROWS * 3];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < 6; column++) {
                imu[column * ROWS + row] = column + 1;
            }
            times[row] = 0.005 + row / 200.0;
            double inStrideS = (row % 200) / 200.0;
            int stride = row / 200;
            double swing = Math.clamp((inStrideS - 0.6) / 0.4, 0, 1);
            positions[row] = STRIDE_M * (stride + swing * swing * (3 - 2 * swing));
            positions[2 * ROWS + row] = 0.05 * Math.sin(Math.PI * swing);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = "MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII);
        out.write(header);
        out.write(new byte[126 - header.length]);
        out.write('I');
        out.write('M');
        out.write(element(compressed, matrix("imu", ROWS, 6, imu)));
        out.write(element(compressed, matrix("ts", 1, ROWS, times)));
        out.write(element(compressed, matrix("gt", ROWS, 3, positions)));
        byte[] all = out.toByteArray();
        Path file = room.file("vicon/processed/" + TRIAL + ".mat");
        Files.write(file, Arrays.copyOf(all, all.length - cutBytes));
    }

    private static byte[] matrix(String name, int rows, int columns, double[] values) {
        int nameBytes = name.length();
        int size = 16 + 16 + 8 + 8 + 8 * values.length;
        ByteBuffer matrix = ByteBuffer.allocate(8 + size).order(ByteOrder.LITTLE_ENDIAN);
        matrix.putInt(14).putInt(size);
        matrix.putInt(6).putInt(8).putInt(6).putInt(0);
        matrix.putInt(5).putInt(8).putInt(rows).putInt(columns);
        // Up to four letters make a small element.
        matrix.putInt(nameBytes << 16 | 1)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .position(48);
        matrix.putInt(9).putInt(8 * values.length);
        for (double value : values) {
            matrix.putDouble(value);
        }
        return matrix.array();
    }

    private static byte[] element(boolean compressed, byte[] matrix) {
        if (!compressed) {
            return matrix;
        }
        byte[] packed = new byte[matrix.length + 100];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(matrix);
            deflater.finish();
            int length = deflater.deflate(packed);
            return ByteBuffer.allocate(8 + length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(15)
                    .putInt(length)
                    .put(packed, 0, length)
                    .array();
        }
    }

    @Test
    void shouldReadTheShoeAndFindOneStancePerStride() throws IOException {
        matlab(false, 0);
        assertThat(room.run(new PyshoeOriginal())).isEqualTo(new ImportRun.Summary(1, 0));
        assertThat(room.lines("pyshoe/" + TRIAL, "recording.csv"))
                .contains("0.005000,R,0,1.0000,2.0000,3.0000,4.00000,5.00000,6.00000")
                .hasSize(ROWS + 6);
        List<String> truth = room.lines("pyshoe/" + TRIAL, "truth.csv");
        assertThat(truth).hasSize(1 + 5).allMatch(line -> line.endsWith("event") || line.endsWith(",R,STANCE"));
        double[] lengths = room.lines("pyshoe/" + TRIAL, "strides.csv").stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .toArray();
        assertThat(lengths).hasSize(4);
        for (double length : lengths) {
            assertThat(length).isCloseTo(STRIDE_M, within(0.001));
        }
    }

    @Test
    void shouldReadACompressedFileTheSame() throws IOException {
        matlab(false, 0);
        room.run(new PyshoeOriginal());
        byte[] plain = Files.readAllBytes(room.out().resolve("pyshoe/" + TRIAL + "/recording.csv"));
        matlab(true, 0);
        assertThat(room.run(new PyshoeOriginal())).isEqualTo(new ImportRun.Summary(1, 0));
        assertThat(room.out().resolve("pyshoe/" + TRIAL + "/recording.csv")).hasBinaryContent(plain);
    }

    @Test
    void shouldSayThatAFileIsCut() throws IOException {
        matlab(false, 1000);
        assertThat(room.run(new PyshoeOriginal()).damaged()).isEqualTo(1);
        assertThat(room.damages.getFirst()).contains(TRIAL + ".mat", "may be cut", "download it again");
    }
}

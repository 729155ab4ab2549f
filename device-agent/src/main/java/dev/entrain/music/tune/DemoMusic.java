package dev.entrain.music.tune;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Renders our own pieces into files: {@code NAME.wav} (mono, 48 kHz, 16 bit), its stems in {@code NAME.stems/}, and
 * {@code NAME.beats.csv} with the beats as they are in the sound, exact to the frame. The same bytes on every machine.
 */
public final class DemoMusic {
    private static final int BLOCK_FRAMES = 4096;
    private static final int HEADER_BYTES = 44;
    private static final int FORMAT_BYTES = 16;
    private static final int FULL_SCALE = 32767;

    private DemoMusic() {}

    /** What a piece became. */
    public record Rendered(Path file, double durationS, double peak) {}

    /**
     * Renders one piece, in place of older files of its name.
     *
     * @param folder made if missing
     * @param piece which
     * @throws IOException if the folder does not take the files
     */
    public static Rendered write(Path folder, DemoPiece piece) throws IOException {
        Score score = piece.score();
        List<String> stems = DemoPiece.stems(score);
        Path stemFolder = Files.createDirectories(folder.resolve(piece.fileName() + ".stems"));
        Path file = folder.resolve(piece.fileName() + ".wav");
        List<Path> paths = new ArrayList<>();
        stems.forEach(stem -> paths.add(stemFolder.resolve(stem + ".wav")));
        paths.add(file);
        List<OutputStream> outs = new ArrayList<>();
        try {
            for (Path path : paths) {
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(path));
                outs.add(out);
                out.write(header(score.frames()));
            }
            double peak = render(score, piece.level(), stems, outs);
            for (OutputStream out : outs) {
                out.flush();
            }
            Files.writeString(folder.resolve(piece.fileName() + ".beats.csv"), beats(score));
            return new Rendered(file, (double) score.frames() / TuneRenderer.RATE_HZ, peak);
        } finally {
            for (OutputStream out : outs) {
                out.close();
            }
        }
    }

    private static double render(Score score, double level, List<String> stems, List<OutputStream> outs)
            throws IOException {
        TuneRenderer renderer = new TuneRenderer(score, stems);
        double[][] blocks = new double[stems.size()][BLOCK_FRAMES];
        byte[] bytes = new byte[Short.BYTES * BLOCK_FRAMES];
        double[] mix = new double[BLOCK_FRAMES];
        double peak = 0;
        while (renderer.left() > 0) {
            int frames = Math.min(BLOCK_FRAMES, renderer.left());
            renderer.render(blocks, frames);
            Arrays.fill(mix, 0);
            for (int stem = 0; stem < blocks.length; stem++) {
                for (int i = 0; i < frames; i++) {
                    blocks[stem][i] *= level;
                    mix[i] += blocks[stem][i];
                }
                put(blocks[stem], frames, bytes, outs.get(stem));
            }
            for (int i = 0; i < frames; i++) {
                peak = Math.max(peak, Math.abs(mix[i]));
            }
            put(mix, frames, bytes, outs.get(blocks.length));
        }
        return peak;
    }

    private static void put(double[] values, int frames, byte[] bytes, OutputStream out) throws IOException {
        for (int i = 0; i < frames; i++) {
            long value = Math.round(FULL_SCALE * Math.max(-1, Math.min(1, values[i])));
            bytes[2 * i] = (byte) value;
            bytes[2 * i + 1] = (byte) (value >> 8);
        }
        out.write(bytes, 0, Short.BYTES * frames);
    }

    private static byte[] header(int frames) {
        int bytes = Short.BYTES * frames;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8 + bytes);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(FORMAT_BYTES);
        header.putShort((short) 1).putShort((short) 1).putInt(TuneRenderer.RATE_HZ);
        header.putInt(Short.BYTES * TuneRenderer.RATE_HZ).putShort((short) Short.BYTES).putShort((short) Short.SIZE);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        return header.array();
    }

    private static String beats(Score score) {
        StringBuilder text = new StringBuilder("beat_s,frame,beat_of_bar\n");
        for (int i = 0; i < score.beats(); i++) {
            double beatS = (double) score.frame(i) / TuneRenderer.RATE_HZ;
            text.append(String.format(Locale.ROOT, "%.9f,%d,%d\n", beatS, score.frame(i), i % score.beatsPerBar() + 1));
        }
        return text.toString();
    }
}

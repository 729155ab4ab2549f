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
 * Renders our own pieces into files: {@code NAME.wav} (mono, 48 kHz, 16 bit) or its parts in {@code NAME.stems/}, and {@code
 * NAME.beats.csv} with the beats as they are in the sound, exact to the frame. The same bytes on every machine.
 */
public final class DemoMusic {
    private static final int BLOCK_FRAMES = 4096;
    private static final int FORMAT_BYTES = 16;
    private static final int CHUNK_BYTES = 8;
    private static final int FULL_SCALE = 32767;

    private DemoMusic() {}

    /**
     * What a piece became.
     *
     * @param place the file, or the folder of its parts
     * @param durationS s
     * @param peak greatest sample of the whole, share of full scale
     */
    public record Rendered(Path place, double durationS, double peak) {}

    /**
     * Renders one piece, in place of older files of its name.
     *
     * @param folder made if missing
     * @param piece which
     * @param parts whether it is written in parts
     * @throws IOException if the folder does not take the files
     */
    public static Rendered write(Path folder, DemoPiece piece, boolean parts) throws IOException {
        Score score = piece.score();
        List<String> stems = DemoPiece.stems(score);
        Files.createDirectories(folder);
        Path place = folder.resolve(piece.fileName() + (parts ? ".stems" : ".wav"));
        List<Path> paths = new ArrayList<>();
        if (parts) {
            Files.createDirectories(place);
            for (int i = 0; i < stems.size(); i++) {
                paths.add(place.resolve((i + 1) + "-" + stems.get(i) + ".wav"));
            }
        } else {
            paths.add(place);
        }
        List<OutputStream> outs = new ArrayList<>();
        try {
            for (Path path : paths) {
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(path));
                outs.add(out);
                out.write(header(piece, score.frames()));
            }
            double peak = render(score, piece.level(), stems.size(), outs);
            for (OutputStream out : outs) {
                out.flush();
            }
            Files.writeString(folder.resolve(piece.fileName() + ".beats.csv"), beats(score));
            return new Rendered(place, (double) score.frames() / TuneRenderer.RATE_HZ, peak);
        } finally {
            for (OutputStream out : outs) {
                out.close();
            }
        }
    }

    /** Writes each stem to its file, or their sum to the only one; returns the greatest sample of the sum. */
    private static double render(Score score, double level, int stems, List<OutputStream> outs) throws IOException {
        TuneRenderer renderer = new TuneRenderer(score, DemoPiece.stems(score));
        double[][] blocks = new double[stems][BLOCK_FRAMES];
        byte[] bytes = new byte[Short.BYTES * BLOCK_FRAMES];
        double[] mix = new double[BLOCK_FRAMES];
        double peak = 0;
        while (renderer.left() > 0) {
            int frames = Math.min(BLOCK_FRAMES, renderer.left());
            renderer.render(blocks, frames);
            Arrays.fill(mix, 0);
            for (double[] block : blocks) {
                for (int i = 0; i < frames; i++) {
                    block[i] *= level;
                    mix[i] += block[i];
                }
            }
            for (int i = 0; i < frames; i++) {
                peak = Math.max(peak, Math.abs(mix[i]));
            }
            for (int i = 0; i < outs.size(); i++) {
                put(outs.size() == 1 ? mix : blocks[i], frames, bytes, outs.get(i));
            }
        }
        return peak;
    }

    private static void put(double[] values, int frames, byte[] bytes, OutputStream out) throws IOException {
        for (int i = 0; i < frames; i++) {
            long value = Math.round(FULL_SCALE * Math.clamp(values[i], -1, 1));
            bytes[2 * i] = (byte) value;
            bytes[2 * i + 1] = (byte) (value >> Byte.SIZE);
        }
        out.write(bytes, 0, Short.BYTES * frames);
    }

    /** A RIFF header with the title and whose it is (LIST INFO: INAM, IART). */
    private static byte[] header(DemoPiece piece, int frames) {
        byte[] info = info(piece);
        int bytes = Short.BYTES * frames;
        int size = 12 + CHUNK_BYTES + FORMAT_BYTES + info.length + CHUNK_BYTES;
        ByteBuffer header = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt(size - CHUNK_BYTES + bytes).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(FORMAT_BYTES);
        header.putShort((short) 1).putShort((short) 1).putInt(TuneRenderer.RATE_HZ);
        header.putInt(Short.BYTES * TuneRenderer.RATE_HZ)
                .putShort((short) Short.BYTES)
                .putShort((short) Short.SIZE);
        header.put(info);
        header.put(ascii("data")).putInt(bytes);
        return header.array();
    }

    private static byte[] info(DemoPiece piece) {
        byte[] title = text(piece.title());
        byte[] artist = text(DemoPiece.ARTIST);
        int size = 4 + 2 * CHUNK_BYTES + title.length + artist.length;
        ByteBuffer list = ByteBuffer.allocate(CHUNK_BYTES + size).order(ByteOrder.LITTLE_ENDIAN);
        list.put(ascii("LIST")).putInt(size).put(ascii("INFO"));
        list.put(ascii("INAM")).putInt(title.length).put(title);
        list.put(ascii("IART")).putInt(artist.length).put(artist);
        return list.array();
    }

    /** A text that ends in a zero and is of even length. */
    private static byte[] text(String text) {
        return Arrays.copyOf(ascii(text), (text.length() + 2) / 2 * 2);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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

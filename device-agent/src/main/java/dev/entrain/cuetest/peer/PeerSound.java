package dev.entrain.cuetest.peer;

import dev.entrain.audio.wav.WavFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;

/** The sound every peer plays: 60 ms of a struck bar whose first frame already sounds. Immutable. */
final class PeerSound {
    static final int RATE_HZ = 48_000;

    /** Stereo, 16 bit, little endian: what a card takes without conversion. */
    static final AudioFormat FORMAT = new AudioFormat(RATE_HZ, Short.SIZE, 2, true, false);

    private static final int FRAMES = RATE_HZ * 60 / 1000;
    private static final double PEAK = 0.126;
    private static final double PITCH_HZ = 784;
    private static final double DECAY_S = 0.012;

    private PeerSound() {}

    /** Returns frames for Java Sound. */
    static byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(FRAMES * FORMAT.getFrameSize()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : stereo()) {
            bytes.putShort((short) Math.round(value * Short.MAX_VALUE));
        }
        return bytes.array();
    }

    /** Writes a file for aplay. */
    static void write(Path path) throws IOException {
        try (WavFile file = new WavFile(path, RATE_HZ)) {
            file.write(stereo(), 0, FRAMES);
        }
    }

    private static float[] stereo() {
        float[] stereo = new float[2 * FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            double timeS = (double) i / RATE_HZ;
            double value = PEAK * Math.exp(-timeS / DECAY_S) * Math.cos(2 * Math.PI * PITCH_HZ * timeS);
            stereo[2 * i] = (float) value;
            stereo[2 * i + 1] = (float) value;
        }
        return stereo;
    }
}

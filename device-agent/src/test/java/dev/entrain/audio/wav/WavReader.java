package dev.entrain.audio.wav;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Reads a file back with the JDK's own parser. */
final class WavReader {
    private WavReader() {}

    static float[] read(Path path) throws IOException, UnsupportedAudioFileException {
        try (AudioInputStream in =
                AudioSystem.getAudioInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            AudioFormat format = in.getFormat();
            if (format.getChannels() != 2 || format.getSampleSizeInBits() != 16 || format.getSampleRate() != 48_000) {
                throw new IOException("unexpected format " + format);
            }
            byte[] bytes = in.readAllBytes();
            if (bytes.length != in.getFrameLength() * 4) {
                throw new IOException("the header says " + in.getFrameLength() + " frames");
            }
            ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            float[] stereo = new float[bytes.length / 2];
            for (int i = 0; i < stereo.length; i++) {
                stereo[i] = samples.getShort() / 32767f;
            }
            return stereo;
        }
    }
}

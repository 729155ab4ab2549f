package dev.entrain.cuetest.peer;

import java.io.IOException;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/** Java Sound's stream: the sound is written to a line that plays and is empty between cues. */
final class LineStrike implements Strike {
    private final SourceDataLine line;
    private final byte[] sound = PeerSound.bytes();

    /**
     * Opens the line.
     *
     * @param bufferFrames frames of its buffer, 0 for its default
     */
    LineStrike(int bufferFrames) throws LineUnavailableException {
        line = AudioSystem.getSourceDataLine(PeerSound.FORMAT);
        if (bufferFrames > 0) {
            line.open(PeerSound.FORMAT, bufferFrames * PeerSound.FORMAT.getFrameSize());
        } else {
            line.open(PeerSound.FORMAT);
        }
        line.start();
    }

    @Override
    public String describe() {
        return "buffer " + line.getBufferSize() / PeerSound.FORMAT.getFrameSize() + " frames";
    }

    @Override
    public void strike() throws IOException {
        if (line.write(sound, 0, sound.length) < sound.length) {
            throw new IOException("the line took less than the sound");
        }
    }

    @Override
    public void close() {
        line.close();
    }
}

package dev.entrain.cuetest.peer;

import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Clip;
import javax.sound.sampled.LineUnavailableException;

/** Java Sound's loaded sound, started at the moment. */
final class ClipStrike implements Strike {
    private final Clip clip;

    /** Loads the sound. */
    ClipStrike() throws LineUnavailableException {
        clip = AudioSystem.getClip();
        byte[] sound = PeerSound.bytes();
        clip.open(PeerSound.FORMAT, sound, 0, sound.length);
    }

    @Override
    public String describe() {
        return "buffer " + clip.getBufferSize() / PeerSound.FORMAT.getFrameSize() + " frames";
    }

    @Override
    public void strike() {
        clip.stop();
        clip.setFramePosition(0);
        clip.start();
    }

    @Override
    public void close() {
        clip.close();
    }
}

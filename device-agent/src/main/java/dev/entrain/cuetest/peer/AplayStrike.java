package dev.entrain.cuetest.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of alsa-utils for each sound. */
final class AplayStrike implements Strike {
    private static final long END_S = 2;

    private final Path sound;
    private final List<Process> players = new ArrayList<>();
    private int count;

    AplayStrike() throws IOException {
        sound = Files.createTempFile("entrain-cue", ".wav");
        PeerSound.write(sound);
    }

    @Override
    public String describe() {
        return "one process per cue";
    }

    @Override
    public void strike() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("aplay", "-q", "-D", "default", sound.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // The test card keeps one file per name, and a player may still be ending while the next begins.
        builder.environment()
                .computeIfPresent(CardEar.VARIABLE, (name, file) -> String.format("%s-part%05d", file, count));
        count++;
        players.removeIf(player -> !player.isAlive());
        players.add(builder.start());
    }

    @Override
    public void close() {
        for (Process player : players) {
            try {
                if (!player.waitFor(END_S, TimeUnit.SECONDS)) {
                    player.destroyForcibly();
                }
            } catch (InterruptedException e) {
                player.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        sound.toFile().delete();
    }
}

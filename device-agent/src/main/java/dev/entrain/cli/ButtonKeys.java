package dev.entrain.cli;

import dev.entrain.agent.Button;
import dev.entrain.agent.LiveAgent;
import dev.entrain.session.Press;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Stands for the patient's button on the standard input. In a terminal that hands over each key, space or enter is a press
 * (twice within half a second: a double one) and "e" a long one; "n" and "l" are the music button, short and long. Otherwise
 * lines: {@code press}, {@code double}, {@code long}, {@code song}, {@code like}. Whatever else comes is ignored.
 */
final class ButtonKeys {
    /** What to press, for a person at a terminal. */
    static final String KEYS =
            "space = the button, twice quickly = too fast, e = end, n = another song, l = I like this one";

    /** How long a key is taken to be down: longer than bounce, shorter than a double press. */
    private static final long DOWN_NS = 40_000_000L;

    private static final int LONGEST_LINE = 80;

    private final LiveAgent agent;
    private final Button button;
    private final NanoClock clock;
    private final boolean keys;

    /**
     * Makes it; {@link #start} listens.
     *
     * @param keys whether each key is handed over at once
     */
    ButtonKeys(LiveAgent agent, boolean keys, NanoClock clock) {
        this.agent = agent;
        button = agent.button();
        this.keys = keys;
        this.clock = clock;
    }

    /** Starts to read; the thread ends with the input or the process. */
    void start(InputStream in) {
        Thread.ofPlatform().name("entrain-keys").daemon().start(() -> read(in));
    }

    /** Reads until the input ends. */
    void read(InputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (keys) {
                    key(next);
                } else if (next == '\n') {
                    word(line.toString().strip().toLowerCase(Locale.ROOT));
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append((char) next);
                }
            }
        } catch (IOException e) {
            // As at the end of the input: nobody can press any more.
        }
    }

    private void key(int key) {
        switch (key) {
            case ' ', '\n', '\r' -> {
                long nowNs = clock.nowNs();
                button.edge(true, nowNs);
                button.edge(false, nowNs + DOWN_NS);
            }
            case 'e' -> button.press(Press.LONG);
            case 'n' -> agent.anotherSong();
            case 'l' -> agent.likeSong();
            default -> {}
        }
    }

    private void word(String word) {
        switch (word) {
            case "press" -> button.press(Press.SHORT);
            case "double" -> button.press(Press.DOUBLE);
            case "long" -> button.press(Press.LONG);
            case "song" -> agent.anotherSong();
            case "like" -> agent.likeSong();
            default -> {}
        }
    }
}

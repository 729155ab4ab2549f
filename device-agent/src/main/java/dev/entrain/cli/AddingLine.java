package dev.entrain.cli;

import dev.entrain.time.NanoClock;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * One line at a terminal that tells how far the adding of songs is and how long it will take; nothing where the output is no
 * terminal: there each song has its line when it is done.
 */
final class AddingLine {
    private static final int BAR = 24;
    private static final int NAME = 28;
    private static final long EVERY_NS = 200_000_000L;

    /** Before this much was heard nobody knows how long the rest takes. */
    private static final double LEAST_SHARE = 0.1;

    private final PrintWriter out;
    private final int songs;
    private final NanoClock clock;
    private final boolean terminal;
    private String name = "";
    private int done = -1;
    private long shownNs;
    private int width;

    /** Songs that took a while: those that were there already say nothing of how long the rest takes. */
    private double heard;

    private long heardNs;
    private long begunNs;
    private double share;

    AddingLine(PrintWriter out, int songs, NanoClock clock) {
        this.out = out;
        this.songs = songs;
        this.clock = clock;
        terminal = onTerminal();
    }

    // From JDK 25 on there is no console again where the output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    void begin(String song) {
        name = song.length() <= NAME ? song : song.substring(0, NAME - 3) + "...";
        done++;
        share = 0;
        begunNs = clock.nowNs();
        show();
    }

    void reached(double newShare) {
        share = newShare;
        if (clock.nowNs() - shownNs >= EVERY_NS) {
            show();
        }
    }

    /** Clears the line for what is told of the song. */
    void end() {
        if (share > LEAST_SHARE) {
            heard += 1;
            heardNs += clock.nowNs() - begunNs;
        }
        if (terminal && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }

    /** Leaves the line as it is: where somebody pressed Ctrl-C stands behind it. */
    void stop() {
        if (terminal && width > 0) {
            out.println();
            width = 0;
        }
    }

    private void show() {
        if (!terminal) {
            return;
        }
        shownNs = clock.nowNs();
        int filled = (int) Math.round(BAR * Math.clamp(share, 0, 1));
        String text = String.format(
                Locale.ROOT,
                "%d of %d  %-" + NAME + "s [%s%s] %3.0f %%  %s",
                done + 1,
                songs,
                name,
                "#".repeat(filled),
                " ".repeat(BAR - filled),
                100 * share,
                left());
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
    }

    private String left() {
        double songsHeard = heard + share;
        if (songsHeard < LEAST_SHARE) {
            return "";
        }
        double perSongS = (heardNs + (clock.nowNs() - begunNs)) * 1e-9 / songsHeard;
        return MusicText.clock(perSongS * (songs - done - share)) + " left";
    }
}

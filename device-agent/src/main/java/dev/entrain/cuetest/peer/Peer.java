package dev.entrain.cuetest.peer;

import java.util.List;

/** A way of playing beats that is measured beside ours. */
public enum Peer {
    /** Java Sound's stream with the buffer it takes by itself. */
    JAVA_LINE("java-line", "Java Sound line, default buffer"),
    /** Java Sound's stream with a short buffer. */
    JAVA_LINE_1024("java-line-1024", "Java Sound line, 1024 frames"),
    /** Java Sound's loaded sound. */
    JAVA_CLIP("java-clip", "Java Sound Clip.start"),
    /** A process for each cue. */
    APLAY("aplay", "aplay per cue"),
    /** A metronome that cannot be told when. */
    JACK_METRO("jack-metro", "jack_metro, free running");

    private final String id;
    private final String title;

    Peer(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** Returns its short name, for command lines and files. */
    public String id() {
        return id;
    }

    /** Returns its name in the table. */
    public String title() {
        return title;
    }

    /** Returns whether it keeps to moments it is given; otherwise it plays by its own clock. */
    public boolean timed() {
        return this != JACK_METRO;
    }

    /** Returns the programs it needs. */
    List<String> programs() {
        return switch (this) {
            case APLAY -> List.of("aplay");
            case JACK_METRO -> List.of("jackd", "jack_wait", "jack_lsp", "jack_metro", "jack_rec");
            case JAVA_LINE, JAVA_LINE_1024, JAVA_CLIP -> List.of();
        };
    }

    /** Returns what to install where it is missing. */
    String remedy() {
        return switch (this) {
            case APLAY -> "apt-get install alsa-utils";
            case JACK_METRO -> "apt-get install jackd2, from Debian 13 on also jack-example-tools";
            case JAVA_LINE, JAVA_LINE_1024, JAVA_CLIP ->
                "use a Java runtime with Java Sound (openjdk-25-jre, not -headless) and give ALSA a 'default' device";
        };
    }
}

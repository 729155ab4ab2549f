package dev.entrain.audio.alsa;

import dev.entrain.audio.Onsets;
import dev.entrain.health.Counter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was heard of one {@link CardScenario}, and what the program said about it. */
final class CardHearing {
    private static final double NS_PER_S = 1e9;

    /**
     * A stretch of the file in which each frame is heard a fixed time after the one before.
     *
     * @param startNs when its first frame was heard
     * @param fileFrame that frame in the file
     * @param givenFrame that frame as the program counts
     */
    private record Stretch(double startNs, long fileFrame, long givenFrame) {}

    /** A cue that the program gave to the card: its number, its frame as the program counts, its moment. */
    record Cue(long id, long frame, long onsetNs) {}

    private final List<String> report;
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Cue> cues = new ArrayList<>();
    private final float[] heard;
    private final double nsPerFrame;

    /**
     * Reads what a scenario left.
     *
     * @param folder of the whole suite
     * @param name of the scenario
     * @param rateHz the card's true rate, with its drift
     * @param channels 1 or 2
     * @param bytes of one sample
     */
    CardHearing(Path folder, String name, double rateHz, int channels, int bytes) throws IOException {
        Path files = folder.resolve(name);
        nsPerFrame = NS_PER_S / rateHz;
        report = Files.readAllLines(files.resolve("report.txt"));
        readLog(Files.readAllLines(files.resolve("log.txt")));
        heard = decode(Files.readAllBytes(files.resolve("frames.raw")), channels, bytes);
        for (String line : report) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("cue")) {
                cues.add(new Cue(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3])));
            }
        }
    }

    /** Returns the lines of the report. */
    List<String> report() {
        return report;
    }

    /** Returns the number behind the first word of a line of the report. */
    long number(String word) {
        for (String line : report) {
            if (line.startsWith(word + " ")) {
                return Long.parseLong(line.split(" ", -1)[1]);
            }
        }
        throw new AssertionError("The report says nothing about " + word + ": " + report);
    }

    /** Returns a counter at the end. */
    long count(Counter counter) {
        return number(counter.toString());
    }

    /** Returns the cues given to the card. */
    List<Cue> cues() {
        return cues;
    }

    /** Returns every frame as it was heard, left and right in turn, full scale 1. */
    float[] heard() {
        return heard;
    }

    /** Returns the frames of the file on which sound begins. */
    List<Long> onsets() {
        return Onsets.of(heard);
    }

    /** Returns the frames of the file on which the program says that cues began and that were heard at all. */
    List<Long> cueFrames() {
        List<Long> frames = new ArrayList<>();
        for (Cue cue : cues) {
            long frame = fileFrame(cue);
            if (frame >= 0) {
                frames.add(frame);
            }
        }
        return frames;
    }

    /** Returns a cue's frame in the file, or -1 if its stream ended before it was heard. */
    long fileFrame(Cue cue) {
        for (int i = stretches.size() - 1; i >= 0; i--) {
            Stretch stretch = stretches.get(i);
            if (cue.frame >= stretch.givenFrame) {
                long frame = stretch.fileFrame + cue.frame - stretch.givenFrame;
                long end = i + 1 < stretches.size() ? stretches.get(i + 1).fileFrame : heard.length / 2;
                return frame < end ? frame : -1;
            }
        }
        return -1;
    }

    /** Returns when a frame of the file was heard, ns. */
    double timeNs(long fileFrame) {
        Stretch in = stretches.getFirst();
        for (Stretch stretch : stretches) {
            if (stretch.fileFrame <= fileFrame) {
                in = stretch;
            }
        }
        return in.startNs + (fileFrame - in.fileFrame) * nsPerFrame;
    }

    /** Returns how many times the card was started. */
    int starts() {
        return starts;
    }

    private int starts;

    private void readLog(List<String> lines) {
        long givenBefore = 0;
        Stretch last = new Stretch(0, 0, 0);
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            long ns = Long.parseLong(words[1]);
            long frame = Long.parseLong(words[2]);
            switch (words[0]) {
                case "start" -> {
                    starts++;
                    last = new Stretch(ns, frame, givenBefore);
                    stretches.add(last);
                }
                case "moved" -> {
                    last = new Stretch(ns, frame, last.givenFrame + frame - last.fileFrame);
                    stretches.add(last);
                }
                default -> givenBefore += Long.parseLong(words[3]);
            }
        }
    }

    private static float[] decode(byte[] raw, int channels, int bytes) {
        ByteBuffer from = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        float[] stereo = new float[raw.length / bytes / channels * 2];
        for (int i = 0; i < stereo.length; i++) {
            int sample = channels == 2 ? i : i / 2;
            int value = 0;
            for (int b = 0; b < bytes; b++) {
                value |= (from.get(sample * bytes + b) & 0xFF) << (8 * (4 - bytes + b));
            }
            stereo[i] = value / (float) Integer.MAX_VALUE;
        }
        return stereo;
    }
}

package dev.entrain.validation.beat;

import dev.entrain.noise.SeededNoise;
import java.util.ArrayList;
import java.util.List;

/** Where a style writes its notes, in beats; each comes out at its time, as loosely as its players play. */
final class Sheet {
    /** A note to be played: MIDI channel (9: drums), key and velocity. */
    record Note(double timeS, double lengthS, int channel, int key, int velocity) {}

    static final int DRUMS = 9;

    private final TimeCourse course;
    private final SeededNoise noise;
    private final double looseS;
    private final List<Note> notes = new ArrayList<>();
    private final int[] programs = new int[16];

    Sheet(TimeCourse course, SeededNoise noise, double looseS) {
        this.course = course;
        this.noise = noise;
        this.looseS = looseS;
    }

    SeededNoise noise() {
        return noise;
    }

    boolean chance(double share) {
        return noise.uniform() < share;
    }

    void program(int channel, int program) {
        programs[channel] = program;
    }

    int[] programs() {
        return programs.clone();
    }

    List<Note> notes() {
        return notes;
    }

    void drum(double beat, int key, int velocity) {
        note(DRUMS, beat, 0.2, key, velocity);
    }

    void note(int channel, double beat, double beats, int key, int velocity) {
        double atS = course.timeS(beat);
        double untilS = course.timeS(beat + beats);
        double shiftS = looseS * noise.gaussian();
        int louder = (int) Math.round(velocity + 5 * noise.gaussian());
        notes.add(new Note(
                Math.max(0, atS + shiftS),
                Math.max(0.03, untilS - atS - 0.01),
                channel,
                Math.clamp(key, 12, 108),
                Math.clamp(louder, 15, 127)));
    }

    void chord(int channel, double beat, double beats, int[] keys, int velocity) {
        for (int key : keys) {
            note(channel, beat, beats, key, velocity);
        }
    }
}

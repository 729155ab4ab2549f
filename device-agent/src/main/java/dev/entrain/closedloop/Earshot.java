package dev.entrain.closedloop;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.Prompt;
import dev.entrain.sample.Foot;
import dev.entrain.sim.patient.Patient;
import dev.entrain.sim.patient.Spoken;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The air between unit and patient: final beats reach him at their onset, words when they are spoken; what is silenced or
 * withdrawn before never does. Not thread-safe.
 */
final class Earshot {
    /** A beat on its way. */
    record Sound(long cueId, long onsetNs, long periodNs, Foot foot) {}

    /** Hears each beat as it reaches the patient. */
    @FunctionalInterface
    interface Listener {
        void onHeard(Sound sound);
    }

    private record Words(Spoken word, long understoodNs) {}

    /** A short sentence is understood when it is over, ns. */
    private static final long SENTENCE_NS = 900_000_000L;

    private final Patient patient;
    private final Listener listener;
    private final ArrayDeque<Sound> sounds = new ArrayDeque<>();
    private final ArrayDeque<Words> words = new ArrayDeque<>();

    Earshot(Patient patient, Listener listener) {
        this.patient = patient;
        this.listener = listener;
    }

    void onCue(CueCommand command) {
        switch (command.kind) {
            case COMMIT -> sounds.add(new Sound(command.cueId, command.onsetNs, command.periodNs, command.foot));
            case WITHDRAW -> sounds.removeIf(sound -> sound.cueId == command.cueId);
            case SILENCE -> silence(command.decidedNs);
            case SAY -> {
                Spoken word = meaning(command.prompt);
                if (word != null) {
                    words.add(new Words(word, command.decidedNs + SENTENCE_NS));
                }
            }
            case SCHEDULE -> {}
        }
    }

    /** Everything on its way after a time is lost, as when the unit goes off. */
    void silence(long timeNs) {
        sounds.removeIf(sound -> sound.onsetNs > timeNs);
        words.clear();
    }

    /** The patient decides something by himself, as when he presses the button and walks on. */
    void tell(Spoken word, long nowNs) {
        patient.hear(word, nowNs);
    }

    /** Lets everything until a time be heard, in order. */
    void deliver(long untilNs) {
        for (Iterator<Words> i = words.iterator(); i.hasNext(); ) {
            Words said = i.next();
            if (said.understoodNs <= untilNs) {
                patient.hear(said.word, said.understoodNs);
                i.remove();
            }
        }
        while (!sounds.isEmpty() && sounds.element().onsetNs <= untilNs) {
            Sound sound = sounds.remove();
            patient.hear(sound.onsetNs, sound.periodNs, sound.foot);
            listener.onHeard(sound);
        }
    }

    /** What a patient does when he hears a prompt; null where he goes on as he does. */
    static @Nullable Spoken meaning(Prompt prompt) {
        return switch (prompt) {
            case WALK, WALK_AS_USUAL, STEP_WITH_BEAT -> Spoken.WALK;
            case STOP, REST, PAUSED, FINISHED -> Spoken.STOP;
            case TURN_ROUND -> Spoken.TURN;
            default -> null;
        };
    }
}

package dev.entrain.outcome;

import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import java.util.List;

/**
 * A step that counts and the beat nearest to it, at most half that beat's interval away: what every figure of step and beat
 * is drawn from. Times are s from the session's start.
 *
 * @param stepS initial contact
 * @param foot the foot that touched
 * @param cue the beat
 */
public record Pair(double stepS, Foot foot, SessionData.Cue cue) {
    /** Returns step minus beat, s; negative = step first. */
    public double asynchronyS() {
        return stepS - cue.onsetS();
    }

    /** Returns the relative phase, -pi to pi. */
    public double phaseRad() {
        return 2 * Math.PI * asynchronyS() / cue.periodS();
    }

    /** Returns a session's pairs outside rests, in order of time. */
    public static List<Pair> of(SessionData data) {
        List<SessionData.BlockSpan> walked = data.blocks().stream()
                .filter(block -> block.kind() != Block.Kind.REST)
                .toList();
        return new Walk(data, walked)
                .contacts().stream()
                        .filter(Walk.Contact::paired)
                        .map(contact -> new Pair(
                                contact.timeS(), contact.foot(), data.cues().get(contact.cue())))
                        .toList();
    }
}

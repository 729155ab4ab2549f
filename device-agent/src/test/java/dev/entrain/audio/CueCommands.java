package dev.entrain.audio;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;

/** Makes changes of the plan for tests. */
public final class CueCommands {
    private CueCommands() {}

    /** A plain beat, left for odd numbers and right for even ones. */
    public static CueCommand schedule(long cueId, long onsetNs) {
        CueCommand command = of(Kind.SCHEDULE, cueId);
        command.onsetNs = onsetNs;
        command.decidedNs = onsetNs - 400_000_000L;
        command.periodNs = 500_000_000L;
        command.foot = Foot.of((int) (1 - cueId % 2));
        command.voice = Voice.BEAT;
        return command;
    }

    /** Any other change. */
    public static CueCommand of(Kind kind, long cueId) {
        CueCommand command = new CueCommand();
        command.kind = kind;
        command.cueId = cueId;
        return command;
    }

    /** Hands a change to the consumer of a ring that has room. */
    public static void offer(SlotRing<CueCommand> ring, CueCommand command) {
        CueCommand slot = ring.claim();
        if (slot == null) {
            throw new AssertionError("the ring is full");
        }
        slot.copyFrom(command);
        ring.publish();
    }
}

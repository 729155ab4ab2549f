package dev.entrain.session;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueSink;
import dev.entrain.cue.Prompt;
import org.jspecify.annotations.Nullable;

/** Says words to the walker and tells what happens to the session. Not thread-safe; realtime-safe. */
final class Teller {
    private final CueSink words;
    private final SessionSink sink;
    private final CueCommand say = new CueCommand();
    private final SessionEvent event = new SessionEvent();

    Teller(CueSink words, SessionSink sink) {
        this.words = words;
        this.sink = sink;
        at(-1, null);
        tempo(Double.NaN, Double.NaN, Double.NaN);
    }

    /** Says which block the next events belong to. */
    void at(int index, Block.@Nullable Kind block) {
        event.blockIndex = index;
        event.block = block;
    }

    /** Says the tempo that the next events tell. */
    void tempo(double targetSpm, double levelPct, double baselineSpm) {
        event.targetSpm = targetSpm;
        event.levelPct = levelPct;
        event.baselineSpm = baselineSpm;
    }

    void tell(SessionEvent.Kind kind, long nowNs) {
        send(kind, nowNs, null, null);
    }

    void rule(SafetyRule rule, long nowNs) {
        send(SessionEvent.Kind.RULE, nowNs, rule, null);
    }

    void ended(SessionEvent.End end, @Nullable SafetyRule rule, long nowNs) {
        send(SessionEvent.Kind.ENDED, nowNs, rule, end);
    }

    void say(Prompt prompt, long nowNs) {
        say.kind = CueCommand.Kind.SAY;
        say.prompt = prompt;
        say.onsetNs = nowNs;
        say.decidedNs = nowNs;
        words.onCue(say);
    }

    private void send(SessionEvent.Kind kind, long nowNs, @Nullable SafetyRule rule, SessionEvent.@Nullable End end) {
        event.kind = kind;
        event.timeNs = nowNs;
        event.rule = rule;
        event.end = end;
        sink.onSessionEvent(event);
    }
}

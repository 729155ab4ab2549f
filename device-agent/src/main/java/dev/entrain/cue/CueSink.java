package dev.entrain.cue;

/** Receives changes of the cue plan. */
@FunctionalInterface
public interface CueSink {
    /**
     * One change of the plan, in the order decided.
     *
     * @param command a reused view, valid until the method returns
     */
    void onCue(CueCommand command);
}

package dev.entrain.provision;

import java.util.Objects;

/** A step cannot be done as things are. */
public final class StepException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String nextStep;

    /**
     * Makes one.
     *
     * @param what what is wrong, where
     * @param nextStep what to do about it, a whole sentence
     */
    public StepException(String what, String nextStep) {
        super(what);
        this.what = what;
        this.nextStep = nextStep;
    }

    /** Makes one of what another room refused with words for a technician. */
    public StepException(Exception refused, String nextStep) {
        this(Objects.requireNonNullElse(refused.getMessage(), refused.getClass().getSimpleName()), nextStep);
    }

    /** Returns what is wrong, where. */
    public String what() {
        return what;
    }

    /** Returns what to do about it. */
    public String nextStep() {
        return nextStep;
    }
}

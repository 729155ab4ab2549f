package dev.entrain.provision;

/** A step cannot be done as things are. */
public final class StepException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String nextStep;

    /**
     * Makes one.
     *
     * @param what what is wrong, where
     * @param nextStep what to do about it, a whole sentence
     */
    public StepException(String what, String nextStep) {
        super(what);
        this.nextStep = nextStep;
    }

    /** Returns what to do about it. */
    public String nextStep() {
        return nextStep;
    }
}

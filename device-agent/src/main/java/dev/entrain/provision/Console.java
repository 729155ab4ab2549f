package dev.entrain.provision;

import dev.entrain.check.Finding;
import java.util.List;

/**
 * Who answers the steps' questions and sees what they tell: a technician at a terminal, or a file of answers. The same
 * questions have the same keys, and the file's keys are these. Used by one thread.
 */
public interface Console {
    /** How often a question is asked again before the step is given up. */
    int MOST_TRIES = 20;

    /** What to do after a failure. */
    enum AfterFailure {
        /** The step again. */
        RETRY,
        /** On with the next one; the report says that this one was left out. */
        SKIP,
        /** The end; what was done stays done. */
        QUIT
    }

    /** Whether nobody is there to be asked: what a file does not answer is a failure or is left out. */
    boolean unattended();

    /** A step begins: the {@code n}-th of {@code of}. */
    void step(int n, int of, String title);

    /** Tells one line. */
    void say(String line);

    /** Tells a finding. */
    void finding(Finding finding);

    /**
     * Asks for a line.
     *
     * @param key of the answer in a file, such as {@code sound.device}
     * @param question one sentence
     * @param otherwise what counts if nothing is answered; may be empty
     * @throws QuitException if who is asked wants to end
     */
    String ask(String key, String question, String otherwise) throws QuitException;

    /** Asks a question to be answered by yes or no; see {@link #ask}. */
    boolean confirm(String key, String question, boolean otherwise) throws QuitException, StepException;

    /**
     * Has one of several chosen; see {@link #ask}. A file gives the text of an option up to its first two spaces.
     *
     * @param otherwise which counts if nothing is answered, or -1 if there must be an answer
     * @return which, from 0
     */
    int choose(String key, String question, List<String> options, int otherwise) throws QuitException, StepException;

    /**
     * Takes lines until one that is {@code last}; never called unattended.
     *
     * @return the lines, at most 200
     */
    String paste(String question, String last) throws QuitException;

    /** Shows how far something is, 0 to 1; 1 ends it. */
    void progress(String what, double share);

    /**
     * Waits.
     *
     * @throws QuitException if who provisions wants to end meanwhile
     */
    void pause(double seconds) throws QuitException;

    /** Tells a failure and what to do, and asks what now. Unattended: QUIT. */
    AfterFailure failed(StepException failure) throws QuitException;
}

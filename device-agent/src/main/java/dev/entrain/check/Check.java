package dev.entrain.check;

import java.util.List;

/**
 * Looks at one part of the unit. Each takes what it needs in its constructor, touches nothing before {@link #look}, changes
 * nothing, and can be used alone and again. May be called on any thread, by one at a time.
 */
public interface Check {
    /** Longest time a {@link #look} may take, s; most take far less. */
    int MOST_S = 8;

    /** Returns what the findings are about, as {@link Finding#area()} begins; for whoever waits in vain. */
    String area();

    /**
     * Looks. Whatever is wrong with the unit is a finding, never an exception.
     *
     * @return at least one finding; ends within {@value #MOST_S} s
     */
    List<Finding> look();
}

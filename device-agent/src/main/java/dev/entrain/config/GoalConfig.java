package dev.entrain.config;

/**
 * What a patient has set out to reach in a session; told when it is reached, and nothing is said when it is not.
 *
 * @param minutes of walking, 0 to 120; 0 for no such goal
 * @param distanceM walked, m, 0 to 10000; 0 for no such goal
 * @param songs walked to their ends in step, 0 to 20; 0 for no such goal
 */
public record GoalConfig(int minutes, int distanceM, int songs) {
    /** No goals. */
    public static final GoalConfig NONE = new GoalConfig(0, 0, 0);
}

package dev.entrain.gait.contact;

/** When a sampled value passed a level, by linear interpolation. Stateless; realtime-safe. */
final class Crossing {
    private Crossing() {}

    /** Returns the time between two samples at which the value passed {@code level}, or the nearer end, s. */
    static double timeS(double lastS, double last, double timeS, double value, double level) {
        double rise = value - last;
        double share = rise == 0 ? 1 : (level - last) / rise;
        return lastS + Math.min(1, Math.max(0, share)) * (timeS - lastS);
    }
}

package dev.entrain.remote;

/** Which refusal was logged last: a new reason is news, a flood of them is not. Not thread-safe. */
final class ToldRefusals {
    private static final long PAUSE_NS = 60_000_000_000L;

    private String code = "";
    private long toldNs;

    /** Returns whether to log a refusal now. */
    boolean mayTell(String newCode, long nowNs) {
        if (!code.isEmpty() && (code.equals(newCode) || nowNs - toldNs < PAUSE_NS)) {
            return false;
        }
        code = newCode;
        toldNs = nowNs;
        return true;
    }
}

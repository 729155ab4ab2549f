package dev.entrain.remote;

/** Something the clinic sent will not be done. Expected, so without a stack trace: they may come by the thousand. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;
    private final long rev;

    RefusedException(String code, String reason) {
        this(new Refusal(code, Wording.plain(reason)), 0);
    }

    RefusedException(Refusal refusal, long rev) {
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
        this.rev = rev;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Returns the revision that was refused; 0 where none could be read. */
    long rev() {
        return rev;
    }
}

package dev.entrain.remote;

/** Something the clinic sent will not be done. Expected, so without a stack trace: they may come by the thousand. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    RefusedException(String code, String reason) {
        super(reason, null, false, false);
        refusal = new Refusal(code, Wording.plain(reason));
    }

    Refusal refusal() {
        return refusal;
    }
}

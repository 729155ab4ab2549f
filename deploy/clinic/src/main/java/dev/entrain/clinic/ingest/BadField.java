package dev.entrain.clinic.ingest;

/** A field breaks the contract. */
final class BadField extends Exception {
    private static final long serialVersionUID = 1L;

    BadField(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

package dev.entrain.remote;

/** What the clinic may order for good. */
enum OrderKind {
    /** A prescription: a programme. */
    RX("rx", 128 * 1024),
    /** Settings: a part of the configuration. */
    CFG("cfg", 32 * 1024);

    static final OrderKind[] VALUES = values();

    private final String leaf;
    private final int mostBytes;

    OrderKind(String leaf, int mostBytes) {
        this.leaf = leaf;
        this.mostBytes = mostBytes;
    }

    /** Returns the last part of its topic, which is also its name in files and reports. */
    String leaf() {
        return leaf;
    }

    /** Returns the largest message that is read. */
    int mostBytes() {
        return mostBytes;
    }
}

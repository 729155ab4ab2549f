package dev.entrain.sim.chip;

/** Bytes in order; a full queue drops its oldest. Used by one thread. */
final class ByteQueue {
    private final byte[] bytes;
    private int head;
    private int size;
    private long gone;
    private boolean overran;

    ByteQueue(int capacity) {
        bytes = new byte[capacity];
    }

    void push(int value) {
        if (size == bytes.length) {
            pop();
            overran = true;
        }
        bytes[(head + size) % bytes.length] = (byte) value;
        size++;
    }

    /** Takes the oldest; 0 if there is none. */
    int pop() {
        if (size == 0) {
            return 0;
        }
        int value = bytes[head] & 0xff;
        head = (head + 1) % bytes.length;
        size--;
        gone++;
        return value;
    }

    void clear() {
        gone = 0;
        size = 0;
        overran = false;
    }

    int size() {
        return size;
    }

    boolean full() {
        return size == bytes.length;
    }

    /** Returns how many bytes were taken or dropped since it was cleared. */
    long gone() {
        return gone;
    }

    /** Returns once whether any was dropped. */
    boolean overran() {
        boolean did = overran;
        overran = false;
        return did;
    }
}

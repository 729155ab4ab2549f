package dev.entrain.ring;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of preallocated slots between exactly one producing and one consuming thread. Never blocks and never
 * allocates after construction; a full ring refuses and counts, so the producing end loses the newest. Realtime-safe.
 *
 * @param <T> a mutable slot type, filled in place
 */
public final class SlotRing<T> {
    private final Object[] slots;
    private final int mask;
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /**
     * Makes a ring.
     *
     * @param capacity number of slots, a power of two from 2 to 2^20
     * @param slot makes one empty slot
     * @throws IllegalArgumentException if the capacity is no power of two in range
     */
    public SlotRing(int capacity, Supplier<T> slot) {
        if (capacity < 2 || capacity > 1 << 20 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "ring capacity must be a power of two from 2 to 1048576, not " + capacity);
        }
        slots = new Object[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = slot.get();
        }
        mask = capacity - 1;
    }

    /** Producer: returns the slot to fill before {@link #publish()}, or null (counted) when the ring is full. */
    public @Nullable T claim() {
        long next = tail.getPlain();
        if (next - head.getAcquire() > mask) {
            refused.setOpaque(refused.getPlain() + 1);
            return null;
        }
        return at(next);
    }

    /** Producer: hands the claimed slot to the consumer. */
    public void publish() {
        tail.setRelease(tail.getPlain() + 1);
    }

    /** Consumer: returns the oldest slot, valid until {@link #release()}, or null when the ring is empty. */
    public @Nullable T peek() {
        long next = head.getPlain();
        return next == tail.getAcquire() ? null : at(next);
    }

    /** Consumer: gives the peeked slot back to the producer. */
    public void release() {
        head.setRelease(head.getPlain() + 1);
    }

    /** Any thread: returns how many claims were refused since construction. */
    public long refused() {
        return refused.getOpaque();
    }

    /** Any thread: returns roughly how many slots are filled. */
    public int size() {
        return (int) (tail.getAcquire() - head.getAcquire());
    }

    @SuppressWarnings("unchecked") // slots only ever holds what the supplier made
    private T at(long index) {
        return (T) slots[(int) index & mask];
    }
}

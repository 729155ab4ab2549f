package dev.entrain.cli;

import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Notes when keys come in. One thread of its own reads, any thread asks. */
final class Taps {
    private static final int MOST = 4096;

    private final AtomicLongArray timesNs = new AtomicLongArray(MOST);
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean ended;

    /** Starts to read; the thread ends with the input or the process. */
    Taps(InputStream keys, NanoClock time) {
        Thread.ofPlatform().name("entrain-taps").daemon().start(() -> read(keys, time));
    }

    /** Returns how many keys came. */
    int count() {
        return count.get();
    }

    /** Returns whether no more keys can come. */
    boolean ended() {
        return ended;
    }

    /** Returns when the keys from a number on came, ns. */
    long[] since(int from) {
        int all = count.get();
        long[] since = new long[all - from];
        for (int i = from; i < all; i++) {
            since[i - from] = timesNs.get(i);
        }
        return since;
    }

    private void read(InputStream keys, NanoClock time) {
        try {
            while (keys.read() >= 0 && count.get() < MOST) {
                timesNs.set(count.get(), time.nowNs());
                count.incrementAndGet();
            }
        } catch (IOException e) {
            // As at the end of the input: nobody can tap any more.
        } finally {
            ended = true;
        }
    }
}

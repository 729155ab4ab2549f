package dev.entrain.cuetest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What a unit never has to bear all at once: every core busy, a forced collection every 250 ms, and the disk flooded. Ends
 * when closed and by itself after a time, so that nothing is left behind a killed test.
 */
public final class StressLoad implements AutoCloseable {
    private static final long COLLECT_NS = 250_000_000L;
    private static final int BLOCK = 1 << 20;
    private static final int FILE_BLOCKS = 64;
    private static final long JOIN_MS = 2_000;

    private final List<Process> burners = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Path flooded;
    private volatile boolean ended;
    private final AtomicLong collections = new AtomicLong();
    private final AtomicLong floodedBytes = new AtomicLong();

    /**
     * Starts.
     *
     * @param seconds the longest the load may last, s
     * @throws IOException if no process or file can be made
     */
    @SuppressWarnings("this-escape")
    public StressLoad(long seconds) throws IOException {
        flooded = Files.createTempFile("entrain-stress", ".bin");
        try {
            for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
                // chrt takes back the real-time priority a child inherits: with it the load would be no load but a
                // siege.
                burners.add(new ProcessBuilder(
                                "timeout", Long.toString(seconds), "chrt", "-o", "0", "sh", "-c", "while :; do :; done")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        start("stress-collect", this::collect);
        start("stress-disk", this::flood);
    }

    /** Returns collections forced so far. */
    public long collections() {
        return collections.get();
    }

    /** Returns bytes written and forced to disk so far. */
    public long floodedBytes() {
        return floodedBytes.get();
    }

    @Override
    public void close() throws IOException {
        ended = true;
        for (Process burner : burners) {
            burner.descendants().forEach(ProcessHandle::destroy);
            burner.destroy();
        }
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join(JOIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Files.deleteIfExists(flooded);
    }

    private void start(String name, Runnable body) {
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(body);
        threads.add(thread);
        thread.start();
    }

    private void collect() {
        while (!ended) {
            System.gc();
            collections.incrementAndGet();
            LockSupport.parkNanos(COLLECT_NS);
        }
    }

    private void flood() {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        while (!ended) {
            try (FileChannel file = FileChannel.open(flooded, StandardOpenOption.WRITE)) {
                for (int i = 0; i < FILE_BLOCKS && !ended; i++) {
                    block.clear();
                    floodedBytes.addAndGet(file.write(block, (long) i * BLOCK));
                    file.force(false);
                }
            } catch (IOException e) {
                LockSupport.parkNanos(COLLECT_NS); // A full disk is a load, too.
            }
        }
    }
}

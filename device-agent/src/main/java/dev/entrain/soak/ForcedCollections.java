package dev.entrain.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/** Makes another Java process collect its garbage over and over, until closed. */
public final class ForcedCollections implements AutoCloseable {
    private static final long PAUSE_NS = 250_000_000L;
    private static final long LIMIT_S = 10;
    private static final long JOIN_MS = 2_000;

    private final List<String> command;
    private final AtomicLong done = new AtomicLong();
    private final Thread thread;
    private volatile boolean ended;

    /** Starts on a process of the same user. */
    @SuppressWarnings("this-escape")
    public ForcedCollections(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        // As ever, a child inherits the priority of its parent; here it shall have none.
        command = List.of("chrt", "-o", "0", jcmd.toString(), Long.toString(pid), "GC.run");
        thread = Thread.ofPlatform().name("soak-collect").daemon().unstarted(this::collect);
        thread.start();
    }

    /** Returns collections made so far. */
    public long done() {
        return done.get();
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void collect() {
        try {
            while (!ended) {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                } else if (process.exitValue() == 0) {
                    done.incrementAndGet();
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        } catch (IOException e) {
            Logger.warn("No collections are forced: {}. The JDK's jcmd is needed for that.", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.entrain.realtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what keeps the sound on time: real-time priority for the whole process, a higher one for the sound thread, and
 * memory that is never paged out.
 *
 * <p>The whole process, because a sound thread lifted alone waits at safepoints for threads of the virtual machine that
 * nobody lets run. The sound thread is therefore lifted only if the process was. Threads started later inherit the priority
 * of the one that starts them.
 *
 * <p>No thread is lifted above the process before it has done once what it will do again and again. The virtual machine
 * (JDK 25) waits in naps of 1 us where a thread links a method handle while another one reads the same table; above that
 * other one, two such threads on two processors gave it none of them for minutes. Thread-safe.
 */
public final class RealTime {
    /** Priority of every thread of the process. */
    public static final int PROCESS_PRIORITY = 20;

    /** Priority of the sound thread: above the process and the kernel's interrupt threads (50). */
    public static final int RENDER_PRIORITY = 60;

    /** Priority of the thread that makes music ahead: above the process, below the kernel's interrupt threads (50). */
    public static final int MUSIC_PRIORITY = 40;

    /** Sweeps over the threads of the process: one started during a sweep is met by the next. */
    private static final int SWEEPS = 3;

    private static final Path THREADS = Path.of("/proc/self/task");

    private final KernelCalls kernel;
    private final Path threads;
    private volatile boolean lifted;
    private volatile @Nullable RealTimeReport report;

    /** Asks this machine. */
    public RealTime() {
        this(new KernelCalls(), THREADS);
    }

    RealTime(KernelCalls kernel, Path threads) {
        this.kernel = kernel;
        this.threads = threads;
    }

    /** Asks for everything, once, at start-up; what is refused is only reported. */
    public RealTimeReport prepare() {
        List<String> missing = new ArrayList<>();
        // Tried with the calling thread at the higher of the two priorities: granted there, granted for both.
        int refused = kernel.setFifo(0, RENDER_PRIORITY);
        refused = refused == 0 ? kernel.setFifo(0, PROCESS_PRIORITY) : refused;
        boolean process = refused == 0 && liftProcess();
        lifted = process;
        if (!process) {
            missing.add("Real-time priority was not granted (" + reason(refused) + "): while other programs are busy,"
                    + " sound may break off and cues may be lost. Give the service CPUSchedulingPolicy=fifo and"
                    + " LimitRTPRIO=" + (RENDER_PRIORITY + 10) + ", or the user 'rtprio " + (RENDER_PRIORITY + 10)
                    + "' in /etc/security/limits.d.");
        }
        int unlocked = kernel.lockMemory();
        if (unlocked != 0) {
            missing.add(
                    "Memory was not locked (" + reason(unlocked) + "): after memory ran short a cue may wait for the"
                            + " SD card. Give the service LimitMEMLOCK=infinity, or the user 'memlock unlimited' in"
                            + " /etc/security/limits.d.");
        }
        RealTimeReport made = new RealTimeReport(process ? PROCESS_PRIORITY : 0, process, unlocked == 0, missing);
        report = made;
        return made;
    }

    /** Returns what {@link #prepare} reported; null if nothing was asked for. */
    public @Nullable RealTimeReport report() {
        return report;
    }

    /**
     * Lifts the calling thread above the rest of the process, if {@link #prepare} could lift that, or puts it back beside it.
     * To be called once what the thread does was done once.
     */
    public void renderThread(boolean urgent) {
        if (lifted) {
            // Was granted to another thread of the same process a moment ago, so a refusal now changes nothing heard.
            kernel.setFifo(0, urgent ? RENDER_PRIORITY : PROCESS_PRIORITY);
        }
    }

    /** Lifts the calling thread for good, see {@link #renderThread}. */
    public void liftRenderThread() {
        renderThread(true);
    }

    /** Lifts the calling thread, which makes sound ahead, likewise but below the sound thread. */
    public void liftMusicThread() {
        if (lifted) {
            kernel.setFifo(0, MUSIC_PRIORITY);
        }
    }

    private boolean liftProcess() {
        boolean all = true;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            all = true;
            try (DirectoryStream<Path> found = Files.newDirectoryStream(threads)) {
                for (Path thread : found) {
                    int id = Integer.parseInt(thread.getFileName().toString());
                    int error = kernel.setFifo(id, PROCESS_PRIORITY);
                    // A thread that has ended meanwhile needs nothing.
                    all &= error == 0 || !Files.exists(thread);
                }
            } catch (IOException e) {
                return false;
            }
        }
        return all;
    }

    private static String reason(int error) {
        return switch (error) {
            case KernelCalls.EPERM -> "not permitted";
            case KernelCalls.ENOMEM -> "over the limit on locked memory";
            case 0 -> "not for every thread";
            default -> "error " + error;
        };
    }
}

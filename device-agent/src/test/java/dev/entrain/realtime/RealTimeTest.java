package dev.entrain.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealTimeTest {
    @TempDir
    private Path tasks = Path.of("");

    @Test
    void shouldLiftEveryThreadAndThenOnlyTheSoundThreadHigher() throws IOException {
        Files.createDirectory(tasks.resolve("101"));
        Files.createDirectory(tasks.resolve("102"));
        Kernel kernel = new Kernel(0, 0);
        RealTime realTime = new RealTime(kernel, tasks);

        RealTimeReport report = realTime.prepare();

        assertThat(report.complete()).isTrue();
        assertThat(report.summary())
                .isEqualTo("Real time: process SCHED_FIFO 20, sound thread SCHED_FIFO 60, memory locked");
        assertThat(kernel.calls).contains("101 at 20", "102 at 20");
        kernel.calls.clear();
        realTime.renderThread(true);
        realTime.renderThread(false);
        assertThat(kernel.calls).containsExactly("0 at 60", "0 at 20");
    }

    @Test
    void shouldStandAboveTheOthersForNoLongerThanItTakesToAsk() {
        Kernel kernel = new Kernel(0, 0);

        new RealTime(kernel, tasks).prepare();

        assertThat(kernel.calls).containsExactly("0 at 60", "0 at 20");
    }

    @Test
    void shouldSayWhatARefusalCostsAndWhatToDo() {
        Kernel kernel = new Kernel(KernelCalls.EPERM, KernelCalls.ENOMEM);
        RealTime realTime = new RealTime(kernel, tasks);

        RealTimeReport report = realTime.prepare();

        assertThat(report.processPriority()).isZero();
        assertThat(report.renderAllowed()).isFalse();
        assertThat(report.memoryLocked()).isFalse();
        assertThat(report.missing()).hasSize(2);
        assertThat(report.missing().get(0)).contains("not permitted", "LimitRTPRIO=70", "cues may be lost");
        assertThat(report.missing().get(1)).contains("limit on locked memory", "LimitMEMLOCK=infinity");
    }

    @Test
    void shouldNotLiftTheSoundThreadAlone() {
        Kernel kernel = new Kernel(KernelCalls.EPERM, 0);
        RealTime realTime = new RealTime(kernel, tasks);
        realTime.prepare();
        kernel.calls.clear();

        realTime.liftRenderThread();

        assertThat(kernel.calls).isEmpty();
    }

    @Test
    void shouldReportAThreadThatStaysBehind() throws IOException {
        Files.createDirectory(tasks.resolve("103"));
        Kernel kernel = new Kernel(0, 0) {
            @Override
            int setFifo(int thread, int priority) {
                return thread == 103 ? EPERM : super.setFifo(thread, priority);
            }
        };

        RealTimeReport report = new RealTime(kernel, tasks).prepare();

        assertThat(report.renderAllowed()).isFalse();
        assertThat(report.missing().get(0)).contains("not for every thread");
    }

    /** Answers instead of the kernel, so that the test's own process keeps its priority. */
    private static class Kernel extends KernelCalls {
        private final List<String> calls = new ArrayList<>();
        private final int fifo;
        private final int lock;

        Kernel(int fifo, int lock) {
            this.fifo = fifo;
            this.lock = lock;
        }

        @Override
        int setFifo(int thread, int priority) {
            calls.add(thread + " at " + priority);
            return fifo;
        }

        @Override
        int lockMemory() {
            return lock;
        }
    }
}

package dev.entrain.audio.alsa;

import com.sun.management.ThreadMXBean;
import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.CardStatus;
import dev.entrain.audio.CueCommands;
import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that plays on the test card, because libasound reads the name of its configuration from the
 * environment. Arguments: seconds to walk or 0 to let the card run dry once, report file.
 */
final class CardRun {
    private static final NanoClock TIME = NanoClock.SYSTEM;
    private static final long MS = 1_000_000L;
    private static final long PERIOD_NS = 247_123_457L;

    private CardRun() {}

    public static void main(String[] args) throws AudioException, IOException, InterruptedException {
        long seconds = Long.parseLong(args[0]);
        try (PrintWriter report = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])))) {
            if (seconds > 0) {
                walk(seconds, report);
            } else {
                runDry(report);
            }
        }
    }

    private static void runDry(PrintWriter report) throws AudioException {
        float[] silence = new float[2 * 2048];
        CardStatus status = new CardStatus();
        try (AudioOutput output = new AlsaOpener("card", TIME).open()) {
            report.println("granted " + output.describe());
            output.write(silence, 0, output.bufferFrames());
            output.start();
            report.println("event " + output.await(status, 100));
            LockSupport.parkNanos(200 * MS);
            report.println("event " + output.await(status, 100));
            report.println("recovered " + output.recover());
            output.write(silence, 0, output.bufferFrames());
            output.start();
            report.println("event " + output.await(status, 100));
        }
    }

    private static void walk(long seconds, PrintWriter report) throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SlotRing<CueCommand> commands = new SlotRing<>(64, CueCommand::new);
        Counters counters = new Counters();
        AudioLoop loop = new AudioLoop(AudioConfig.DEFAULT, new AlsaOpener("card", TIME), commands, counters, TIME);
        Thread thread = loop.newThread(() -> {});
        thread.start();
        long openNs = TIME.nowNs();
        while (loop.statistics().framesWritten() == 0 && TIME.nowNs() - openNs < 10_000 * MS) {
            LockSupport.parkNanos(5 * MS);
        }
        long startNs = TIME.nowNs();
        long endNs = startNs + seconds * 1000 * MS;
        long onsetNs = startNs + 500 * MS;
        long cueId = 0;
        long halfBytes = -1;
        long halfFrames = 0;
        while (TIME.nowNs() - endNs < 0) {
            LockSupport.parkNanos(5 * MS);
            long aheadNs = onsetNs - TIME.nowNs();
            if (aheadNs < 200 * MS && onsetNs - endNs < 0) {
                // On a loaded machine this thread may be held up; a cue it would plan too late is none of the card's.
                if (aheadNs > 100 * MS) {
                    CueCommands.offer(commands, CueCommands.schedule(++cueId, onsetNs));
                }
                onsetNs += PERIOD_NS;
            }
            if (halfBytes < 0 && TIME.nowNs() - startNs > seconds * 500 * MS) {
                halfBytes = threads.getThreadAllocatedBytes(thread.threadId());
                halfFrames = loop.statistics().framesWritten();
            }
            readPlayed(loop, report);
        }
        long bytes = threads.getThreadAllocatedBytes(thread.threadId()) - halfBytes;
        long cycles = (loop.statistics().framesWritten() - halfFrames) / 256;
        LockSupport.parkNanos(200 * MS);
        readPlayed(loop, report);
        report.println("ppm " + loop.statistics().ratePpm());
        loop.stop();
        thread.join(5000);
        report.println("allocated " + bytes + " in " + cycles);
        report.println("scheduled " + cueId);
        report.println("stopped " + !thread.isAlive());
        report.println("late " + counters.get(Counter.CUES_LATE));
        report.println("underruns " + counters.get(Counter.UNDERRUNS));
        report.println("reanchors " + counters.get(Counter.AUDIO_REANCHORS));
        report.println("worst " + loop.statistics().worstErrorFrames());
    }

    private static void readPlayed(AudioLoop loop, PrintWriter report) {
        for (PlayedCue cue = loop.played().peek();
                cue != null;
                cue = loop.played().peek()) {
            report.println("cue " + cue.cueId + " " + cue.frameIndex + " " + cue.onsetNs);
            loop.played().release();
        }
    }
}

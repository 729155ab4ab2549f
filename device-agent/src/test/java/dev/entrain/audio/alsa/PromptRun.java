package dev.entrain.audio.alsa;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.CueCommands;
import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process of its own that speaks over beats on the test card. Arguments: seconds to play, report file. */
final class PromptRun {
    private static final NanoClock TIME = NanoClock.SYSTEM;
    private static final long MS = 1_000_000L;
    private static final long PERIOD_NS = 300 * MS;

    private PromptRun() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        long lengthNs = Long.parseLong(args[0]) * 1000 * MS;
        SlotRing<CueCommand> commands = new SlotRing<>(64, CueCommand::new);
        Counters counters = new Counters();
        AudioLoop loop = new AudioLoop(AudioConfig.DEFAULT, new AlsaOpener("card", TIME), commands, counters, TIME);
        Thread thread = loop.newThread(() -> {});
        thread.start();
        long openNs = TIME.nowNs();
        while (loop.statistics().framesWritten() == 0 && TIME.nowNs() - openNs < 10_000 * MS) {
            LockSupport.parkNanos(5 * MS);
        }
        long startNs = TIME.nowNs() + 300 * MS;
        int beats = (int) (lengthNs / PERIOD_NS);
        for (int i = 1; i <= beats; i++) {
            CueCommands.offer(commands, CueCommands.schedule(i, startNs + i * PERIOD_NS));
        }
        parkUntil(startNs + lengthNs / 3);
        CueCommand say = CueCommands.of(Kind.SAY, 0);
        say.prompt = Prompt.BATTERY_LOW;
        CueCommands.offer(commands, say);
        parkUntil(startNs + lengthNs + 500 * MS);
        loop.stop();
        thread.join(5000);
        try (PrintWriter report = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])))) {
            for (PlayedCue cue = loop.played().peek();
                    cue != null;
                    cue = loop.played().peek()) {
                report.println("cue " + cue.frameIndex);
                loop.played().release();
            }
            report.println("late " + counters.get(Counter.CUES_LATE));
            report.println("prompts " + counters.get(Counter.PROMPTS));
            report.println("underruns " + counters.get(Counter.UNDERRUNS));
        }
    }

    private static void parkUntil(long atNs) {
        // At most as many turns as the time has slices, for a park may end early.
        for (long nowNs = TIME.nowNs(); nowNs - atNs < 0; nowNs = TIME.nowNs()) {
            LockSupport.parkNanos(Math.min(atNs - nowNs, 10 * MS));
        }
    }
}

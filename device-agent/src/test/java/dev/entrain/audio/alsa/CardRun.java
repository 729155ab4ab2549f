package dev.entrain.audio.alsa;

import com.sun.management.ThreadMXBean;
import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.CueCommands;
import dev.entrain.audio.PlayedCue;
import dev.entrain.audio.Urgency;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that walks on test cards, because libasound reads the name of its configuration from the
 * environment. All scenarios of a suite at once, each with its own audio thread. Arguments: the suite's name, the folder.
 *
 * <p>Steps beside the card's faults: {@code silence} sends SILENCE as soon as a cue was given to the card and no cue for the
 * number of ms that follow; {@code withdraw} takes back the next cue 20 ms after it was planned; {@code stop} stops the
 * loop as soon as a cue was given; {@code say} speaks the prompt of that ordinal.
 */
final class CardRun implements Runnable {
    private static final long MS = 1_000_000L;
    private static final long PERIOD_NS = 247_123_457L;
    private static final long AHEAD_NS = 200 * MS;

    private final CardScenario scenario;
    private final Path folder;
    private final PrintWriter report;
    private final NanoClock time;
    private final SlotRing<CueCommand> commands = new SlotRing<>(64, CueCommand::new);
    private final Counters counters = new Counters();
    private final AudioLoop loop;
    private final Deque<CardScenario.Step> steps;

    private long cueId;
    private long onsetNs;
    private long quietUntilNs;
    private long withdrawNs = Long.MAX_VALUE;
    private String onGiven = "";
    private long quietNs;
    private String lastState = "";

    private CardRun(CardScenario scenario, Path folder) throws IOException {
        this.scenario = scenario;
        this.folder = folder;
        report = new PrintWriter(Files.newBufferedWriter(folder.resolve("report.txt")));
        long shiftNs = scenario.ownTime() ? CardScenario.OWN_TIME_NS : 0;
        time = () -> NanoClock.SYSTEM.nowNs() + shiftNs;
        steps = new ArrayDeque<>(scenario.steps());
        loop = new AudioLoop(AudioConfig.DEFAULT, new AlsaOpener(scenario.name(), time), commands, counters, time);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<Thread> walks = new ArrayList<>();
        for (CardScenario scenario : TestCards.suite(args[0])) {
            Thread walk = new Thread(new CardRun(scenario, Path.of(args[1], scenario.name())), scenario.name());
            walks.add(walk);
            walk.start();
        }
        for (Thread walk : walks) {
            walk.join();
        }
    }

    @Override
    public void run() {
        try (report) {
            walk();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(scenario.name(), e);
        }
    }

    private void walk() throws IOException, InterruptedException {
        Thread thread = loop.newThread(Urgency.NONE);
        takeSteps(0);
        thread.start();
        awaitFirstState();
        long startNs = time.nowNs();
        long endNs = startNs + (long) (scenario.seconds() * 1e9);
        onsetNs = startNs + 500 * MS;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long halfBytes = -1;
        long halfFrames = 0;
        while (time.nowNs() - endNs < 0 && thread.isAlive()) {
            takeSteps((time.nowNs() - startNs) / MS);
            plan(endNs);
            readPlayed();
            tellState();
            if (halfBytes < 0 && time.nowNs() - startNs > (endNs - startNs) / 2) {
                halfBytes = threads.getThreadAllocatedBytes(thread.threadId());
                halfFrames = loop.statistics().framesWritten();
            }
            LockSupport.parkNanos(2 * MS);
        }
        long bytes = threads.getThreadAllocatedBytes(thread.threadId()) - halfBytes;
        long cycles = (loop.statistics().framesWritten() - halfFrames) / 256;
        // Every cue planned is heard before the loop ends.
        long restNs = time.nowNs() + 300 * MS;
        while (time.nowNs() - restNs < 0 && thread.isAlive()) {
            LockSupport.parkNanos(5 * MS);
            readPlayed();
        }
        loop.stop();
        thread.join(5000);
        report.println("stopped " + !thread.isAlive());
        report.println("allocated " + bytes + " " + cycles);
        report.println("planned " + cueId);
        report.println("ppm " + loop.statistics().ratePpm());
        report.println("worst " + loop.statistics().worstErrorFrames());
        report.println("stall " + loop.statistics().stalls().maxNs());
        for (Counter counter : Counter.values()) {
            report.println(counter + " " + counters.get(counter));
        }
    }

    private void awaitFirstState() {
        AudioStatistics statistics = loop.statistics();
        long openNs = time.nowNs();
        while (statistics.framesWritten() == 0
                && statistics.state() != AudioStatistics.State.WAITING
                && time.nowNs() - openNs < 10_000 * MS) {
            LockSupport.parkNanos(5 * MS);
        }
    }

    private void takeSteps(long nowMs) throws IOException {
        for (CardScenario.Step next = steps.peek(); next != null && next.atMs() <= nowMs; next = steps.peek()) {
            steps.remove();
            switch (next.what()) {
                case "silence", "stop" -> {
                    onGiven = next.what();
                    quietNs = next.number() * MS;
                }
                case "withdraw" -> withdrawNs = 0;
                case "say" -> {
                    CueCommand say = CueCommands.of(Kind.SAY, 0);
                    say.prompt = Prompt.values()[(int) next.number()];
                    CueCommands.offer(commands, say);
                }
                default -> plant(next);
            }
        }
    }

    private void plant(CardScenario.Step step) throws IOException {
        Path fault = folder.resolve("faults").resolve(step.what());
        if (step.number() == CardScenario.GONE) {
            Files.deleteIfExists(fault);
        } else {
            Files.writeString(fault, Long.toString(step.number()));
        }
        report.println("planted " + step.what() + " " + time.nowNs());
    }

    private void plan(long endNs) {
        long nowNs = time.nowNs();
        if (withdrawNs != 0 && withdrawNs - nowNs <= 0) {
            withdrawNs = Long.MAX_VALUE;
            report.println("withdrawn " + cueId);
            CueCommands.offer(commands, CueCommands.of(Kind.WITHDRAW, cueId));
        }
        while (onsetNs - nowNs < AHEAD_NS && onsetNs - endNs < 0) {
            // On a loaded machine this thread may be held up; a cue it would plan too late is none of the card's.
            if (onsetNs - nowNs > AHEAD_NS / 2 && quietUntilNs - nowNs <= 0) {
                CueCommands.offer(commands, CueCommands.schedule(++cueId, onsetNs));
                if (withdrawNs == 0) {
                    withdrawNs = nowNs + 20 * MS;
                }
            }
            onsetNs += PERIOD_NS;
        }
    }

    private void readPlayed() {
        for (PlayedCue cue = loop.played().peek();
                cue != null;
                cue = loop.played().peek()) {
            report.println("cue " + cue.cueId + " " + cue.frameIndex + " " + cue.onsetNs);
            if (!onGiven.isEmpty()) {
                quietUntilNs = time.nowNs() + quietNs;
                if (onGiven.equals("stop")) {
                    loop.stop();
                } else {
                    CueCommands.offer(commands, CueCommands.of(Kind.SILENCE, 0));
                }
                report.println(onGiven + " " + time.nowNs());
                report.println("given " + cue.cueId);
                onGiven = "";
            }
            loop.played().release();
        }
    }

    private void tellState() {
        AudioStatistics statistics = loop.statistics();
        String state = statistics.state() + " " + statistics.description();
        if (!state.equals(lastState)) {
            lastState = state;
            report.println("state " + state);
        }
    }
}

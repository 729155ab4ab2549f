package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.Urgency;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.cue.CueCommand;
import dev.entrain.health.Counters;
import dev.entrain.realtime.NotifySocket;
import dev.entrain.realtime.RealTime;
import dev.entrain.realtime.ServiceNotifier;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceWatchTest {
    private static final long S = 1_000_000_000L;
    private static final String BOOT = "0f8fad5b-d9cb-469f-a165-70867728950e";

    @TempDir
    private Path dir = Path.of("");

    private ServiceNotifier manager() {
        return Objects.requireNonNull(ServiceNotifier.of(
                Map.of("NOTIFY_SOCKET", dir.resolve("notify").toString(), "WATCHDOG_USEC", "10000000"), 1));
    }

    @Test
    void shouldStopTheSignsOfLifeWhenOneLoopStandsStill() throws IOException, InterruptedException {
        AudioStatistics sound = new AudioStatistics(); // Never opens.
        for (int stalled = 0; stalled < 4; stalled++) {
            try (NotifySocket heard = new NotifySocket(dir.resolve("notify").toString());
                    ServiceWatch watch = new ServiceWatch(manager(), 0)) {
                long[] rounds = {1, 1, 1, 1};
                watch.look(rounds, sound, false, 0);
                assertThat(heard.next()).isEqualTo("STATUS=sound: not open");
                assertThat(heard.next()).isEqualTo("WATCHDOG=1");
                rounds = new long[] {2, 2, 2, 2};
                watch.look(rounds, sound, false, S); // Too early for the next.
                watch.look(rounds, sound, false, 6 * S);
                assertThat(heard.next()).isEqualTo("WATCHDOG=1");
                for (int s = 7; s < 30; s++) {
                    for (int i = 0; i < rounds.length; i++) {
                        rounds[i] += i == stalled ? 0 : 1;
                    }
                    watch.look(rounds, sound, false, s * S);
                }
                watch.stopping();
                assertThat(heard.next()).isEqualTo("STOPPING=1");
            }
            Files.delete(dir.resolve("notify"));
        }
    }

    @Test
    void shouldAskForPatienceWhileOneAgentFollowsAnother() throws IOException, InterruptedException {
        AudioStatistics sound = new AudioStatistics();
        try (NotifySocket heard = new NotifySocket(dir.resolve("notify").toString());
                ServiceWatch watch = new ServiceWatch(manager(), 0)) {
            watch.look(new long[] {5, 5, 5}, sound, true, 0);
            assertThat(heard.next()).isEqualTo("STATUS=walking; sound: not open");
            assertThat(heard.next()).isEqualTo("WATCHDOG=1");

            watch.exchange();
            watch.look(new long[] {3, 3}, sound, true, 25 * S);

            assertThat(heard.next()).isEqualTo("WATCHDOG_USEC=40000000");
            assertThat(heard.next()).isEqualTo("WATCHDOG_USEC=10000000");
            assertThat(heard.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void shouldBeReadyWhenTheSoundIsOpenAndEveryLoopTurns() throws IOException, ConfigException, InterruptedException {
        try (NotifySocket heard = new NotifySocket(dir.resolve("notify").toString());
                ServiceWatch watch = new ServiceWatch(manager(), 0);
                LiveAgent agent = agent("output = 'wav'\nwav_file = '" + dir.resolve("cues.wav") + "'")) {
            watch.look(agent.rounds(), agent.audio(), false, 0);
            agent.start();
            assertThat(watch.ready()).isFalse();
            awaitRounds(agent, agent.rounds());
            awaitState(agent, AudioStatistics.State.PLAYING);
            watch.look(agent.rounds(), agent.audio(), false, S);

            assertThat(watch.ready()).isTrue();
            assertThat(heard.next()).isEqualTo("STATUS=sound: not open");
            assertThat(heard.next()).startsWith("STATUS=sound: ").contains("cues.wav");
            assertThat(heard.next()).isEqualTo("READY=1");
            assertThat(heard.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void shouldBeReadyWithoutACardAfterFiveSecondsAndSayWhatIsMissing()
            throws IOException, ConfigException, InterruptedException {
        try (NotifySocket heard = new NotifySocket(dir.resolve("notify").toString());
                ServiceWatch watch = new ServiceWatch(manager(), 0);
                LiveAgent agent = agent("device = 'hw:CARD=None'")) {
            agent.start();
            awaitState(agent, AudioStatistics.State.WAITING);
            awaitRounds(agent, new long[3]);
            watch.look(agent.rounds(), agent.audio(), false, 4 * S);
            assertThat(watch.ready()).isFalse();
            awaitRounds(agent, agent.rounds());
            watch.look(agent.rounds(), agent.audio(), false, 9 * S);

            assertThat(watch.ready()).isTrue();
            assertThat(heard.next()).startsWith("STATUS=sound: ").contains("hw:CARD=None");
        }
    }

    /** The real loop on a card that hangs at its second opening, which no card here can be brought to do. */
    @Test
    void shouldNotKeepAnAgentAliveWhoseSoundHangs() throws IOException, InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AudioLoop audio = new AudioLoop(
                AudioConfig.DEFAULT,
                new HangingCard(hanging, over),
                new SlotRing<>(8, CueCommand::new),
                new Counters(),
                NanoClock.SYSTEM);
        Thread thread = audio.newThread(Urgency.NONE);
        try (NotifySocket heard = new NotifySocket(dir.resolve("notify").toString());
                ServiceWatch watch = new ServiceWatch(manager(), 0)) {
            thread.start();
            assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
            AudioStatistics sound = audio.statistics();
            for (int s = 10; s < 70; s += 10) {
                watch.look(new long[] {sound.rounds(), s}, sound, false, s * S);
            }
            watch.stopping();

            assertThat(heard.next()).startsWith("STATUS=sound: ");
            assertThat(heard.next()).isEqualTo("READY=1"); // It told what it waits for before it hung.
            assertThat(heard.next()).isEqualTo("WATCHDOG=1");
            assertThat(heard.next()).isEqualTo("STOPPING=1");
        } finally {
            audio.stop();
            over.countDown();
            thread.join(10_000);
        }
    }

    private static final class HangingCard implements AudioOpener {
        private final CountDownLatch hanging;
        private final CountDownLatch over;
        private int opened;

        HangingCard(CountDownLatch hanging, CountDownLatch over) {
            this.hanging = hanging;
            this.over = over;
        }

        @Override
        public AudioOutput open() throws AudioException {
            if (++opened > 1) {
                hanging.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            throw new AudioException("the card is away");
        }

        @Override
        public String describe() {
            return "a card that hangs";
        }
    }

    private LiveAgent agent(String audio) throws IOException, ConfigException {
        AgentConfig config = AgentConfig.read(
                Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '/dev/entrain-none'
                [audio]
                %s
                [telemetry]
                enabled = false
                """.formatted(dir.resolve("state"), audio)));
        return new LiveAgent(
                new InForce(config, null, 0),
                new ClinicOrders(config, BOOT, List::of),
                "test",
                null,
                NanoClock.SYSTEM,
                WallClock.SYSTEM,
                new RealTime(),
                new Pi4jI2cBuses());
    }

    private static void awaitRounds(LiveAgent agent, long[] since) {
        for (int loop = 0; loop < since.length; loop++) {
            for (int i = 0; i < 1000 && agent.rounds()[loop] <= since[loop]; i++) {
                LockSupport.parkNanos(10_000_000L);
            }
            assertThat(agent.rounds()[loop]).isGreaterThan(since[loop]);
        }
    }

    private static void awaitState(LiveAgent agent, AudioStatistics.State state) {
        for (int i = 0; i < 1000 && agent.audio().state() != state; i++) {
            LockSupport.parkNanos(10_000_000L);
        }
        assertThat(agent.audio().state()).isEqualTo(state);
    }
}

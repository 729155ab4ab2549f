package dev.entrain.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.cue.CueCommand;
import dev.entrain.cuetest.BeatSchedule;
import dev.entrain.cuetest.CueTest;
import dev.entrain.cuetest.CueTestResult;
import dev.entrain.cuetest.HostStalls;
import dev.entrain.health.Counters;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.RecordLog;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.realtime.RealTime;
import dev.entrain.ring.SlotRing;
import dev.entrain.telemetry.mqtt.MqttPort;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process of {@code deploy/catch-up}: brings a journal's records to the receiver, through the unit's own outbound loop or
 * through the HiveMQ client, and plays cues meanwhile if asked; tells what it took in one line.
 */
final class CatchUpSender {
    static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final String UNIT = "catch-up";
    private static final int NO_LIMIT = 100_000;
    private static final long NAP_NS = 5_000_000;
    private static final long LIMIT_NS = 400_000_000_000L;

    private CatchUpSender() {}

    static SqliteJournal open(Path dir) throws Exception {
        return SqliteJournal.open(dir, JournalLimits.DEFAULT, BOOT, NanoClock.SYSTEM, WallClock.SYSTEM, new Counters());
    }

    /**
     * Sends.
     *
     * @param args who sends (unit, peer, nobody), broker, folder of the journal, records a second (0: no limit), seconds of cues
     *     (0: none)
     */
    public static void main(String[] args) throws Exception {
        URI broker = URI.create(args[1]);
        int rate = Integer.parseInt(args[3]);
        double cueS = Double.parseDouble(args[4]);
        try (SqliteJournal journal = open(Path.of(args[2]))) {
            long before = journal.waiting();
            Cues cues = cueS > 0 ? new Cues(cueS) : null;
            if (cues != null) {
                cues.realTime.prepare(); // As on a walk: the whole process, the sound thread above the others.
            }
            Thread player =
                    cues == null ? null : Thread.ofPlatform().name("cues").start(cues);
            Duration cpu = cpu();
            long startNs = System.nanoTime();
            Sent sent = new Sent(0, 0);
            if (args[0].equals("unit")) {
                sent = unit(broker, journal, rate, player);
            } else if (args[0].equals("peer")) {
                peer(broker, journal);
                sent = new Sent(before - journal.waiting(), System.nanoTime() - startNs);
            }
            Duration spent = cpu().minus(cpu);
            if (player != null) {
                player.join();
            }
            System.out.printf(
                    Locale.ROOT,
                    "RESULT sent=%d seconds=%.3f cpu=%.2f peak_mb=%.1f %s%n",
                    sent.records,
                    sent.ns * 1e-9,
                    spent.toMillis() / 1e3,
                    peakMb(),
                    cues == null ? "" : cues.told);
        }
        System.exit(0);
    }

    /** What the clinic acknowledged, and how long that took. */
    private record Sent(long records, long ns) {}

    /** Sends until nothing waits; at a bounded rate until the cues have ended. */
    private static Sent unit(URI broker, RecordLog log, int rate, @Nullable Thread player) throws Exception {
        TelemetryConfig config = new TelemetryConfig(true, broker, UNIT, 60, 0, null, rate == 0 ? NO_LIMIT : rate);
        Counters counters = new Counters();
        SlotRing<LiveState> states = new SlotRing<>(16, LiveState::new);
        OutboundLoop loop = new OutboundLoop(
                config,
                new Birth(BOOT, "catch-up", "25", "0".repeat(64), null, null, () -> null),
                NanoClock.SYSTEM,
                states,
                log,
                new HeardInbound(),
                new MqttPort(config, counters, WallClock.SYSTEM),
                new SplittableRandom(1),
                counters);
        Thread thread = Thread.ofPlatform().name("entrain-outbound").unstarted(loop);
        long before = log.waiting();
        long startNs = System.nanoTime();
        for (long i = 0; log.waiting() > 0 && System.nanoTime() - startNs < LIMIT_NS; i++) {
            if (i % 100 == 0) {
                LiveState state = states.claim();
                if (state != null) {
                    state.begin(System.nanoTime()).walk(rate > 0, true);
                    states.publish();
                }
            }
            if (i == 0) {
                thread.start();
            }
            if (i % 20 == 0) {
                log.commit();
            }
            if (rate > 0 && player != null && !player.isAlive()) {
                break;
            }
            LockSupport.parkNanos(NAP_NS);
        }
        Sent sent = new Sent(before - log.waiting(), System.nanoTime() - startNs);
        loop.stop();
        thread.join();
        return sent;
    }

    /** The same messages in the same window, with the client that the unit does not use. */
    private static void peer(URI broker, RecordLog log) {
        Mqtt5AsyncClient client = MqttClient.builder()
                .identifier("entrain-" + UNIT)
                .serverHost(broker.getHost())
                .serverPort(broker.getPort())
                .useMqttVersion5()
                .buildAsync();
        client.connect().join();
        Topics topics = new Topics(UNIT);
        client.subscribeWith()
                .topicFilter(topics.wanted().getFirst())
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> {
                    ClinicAck ack = ClinicAck.parse(message.getPayloadAsBytes());
                    if (ack != null) {
                        log.acknowledge(ack.bootId(), ack.upTo());
                    }
                })
                .send()
                .join();
        JsonFactory json = new JsonFactory();
        long sent = 0;
        long cursor = 0;
        long all = log.waiting();
        long startNs = System.nanoTime();
        while (log.waiting() > 0 && System.nanoTime() - startNs < LIMIT_NS) {
            boolean room = sent - (all - log.waiting()) < AckTimer.MOST_IN_FLIGHT;
            RecordMessage message = new RecordMessage(json, BOOT, cursor, RecordMessage.MOST_BYTES);
            if (room && log.unacknowledged(cursor, RecordMessage.MOST_RECORDS, message) > 0) {
                @SuppressWarnings("UnnamedVariable") // The formatter can't read "_" yet.
                var unused = client.publishWith()
                        .topic(topics.records(message.carriage()))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(message.finish())
                        .send();
                cursor = message.lastSeq();
                sent += message.count();
            } else {
                log.commit();
                LockSupport.parkNanos(1_000_000);
            }
        }
        client.disconnect().join();
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Returns the peak of this process's resident memory, MB. */
    private static double peakMb() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        return Double.NaN;
    }

    /** A schedule of beats through the walk's own audio thread, on the card named "card". */
    private static final class Cues implements Runnable {
        private static final long PERIOD_NS = Math.round(60e9 / 121.3);

        private final double seconds;
        private final RealTime realTime = new RealTime();
        private String told = "cues=failed";

        Cues(double seconds) {
            this.seconds = seconds;
        }

        @Override
        public void run() {
            AudioConfig audio = AudioConfig.DEFAULT.withDevice("card");
            SlotRing<CueCommand> commands = new SlotRing<>(256, CueCommand::new);
            Counters counters = new Counters();
            AudioLoop loop = new AudioLoop(
                    audio, new AlsaOpener(audio.device(), NanoClock.SYSTEM), commands, counters, NanoClock.SYSTEM);
            Thread thread = loop.newThread(realTime::renderThread);
            try (HostStalls stalls = new HostStalls(NanoClock.SYSTEM)) {
                stalls.start(realTime::liftRenderThread);
                CueTestResult result = new CueTest(loop, thread, commands, counters, stalls, null, NanoClock.SYSTEM)
                        .run(seconds, BeatSchedule.steady(PERIOD_NS), audio.offsetMs(), () -> {
                            LockSupport.parkNanos(NAP_NS);
                            return false;
                        });
                told = String.format(
                        Locale.ROOT,
                        "cues=%d played=%d late=%d worst_frames=%d underruns=%d machine_underruns=%d stall_p99_us=%d kept=%b",
                        result.planned(),
                        result.played(),
                        result.late(),
                        result.worstFrames(),
                        result.underruns(),
                        result.machineUnderruns(),
                        result.stalls().p99Ns() / 1000,
                        result.kept());
            }
        }
    }
}

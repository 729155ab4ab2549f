package dev.entrain.sensor;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.EntrainDecoder;
import dev.entrain.protocol.Hello;
import dev.entrain.protocol.MessageSink;
import dev.entrain.protocol.Pong;
import dev.entrain.protocol.Reading;
import dev.entrain.protocol.Reply;
import dev.entrain.protocol.Side;
import dev.entrain.protocol.StreamDecoder;
import dev.entrain.protocol.witmotion.WitMotionDecoder;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A foot sensor on a line of bytes.
 *
 * <p>Its thread reads with bounded waits, decodes, gives each reading its host time and writes samples into the ring. A
 * line that is absent or vanishes is tried again every {@value #RETRY_MS} ms for ever; an insole that is silent is asked
 * for its hello and its readings every second, for it may have restarted. A full ring refuses the newest sample and
 * counts. Readings for nobody's or the wrong foot are held back: cues on the wrong foot are worse than none.
 */
public final class LineSensor implements SensorPort {
    private static final long RETRY_MS = 250;
    private static final long SILENT_NS = 1_000_000_000L;
    private static final long PING_NS = 5_000_000_000L;
    private static final long CLOSE_MS = 2_000;
    private static final int BUFFER_BYTES = 4096;

    private final SensorConfig config;
    private final ByteLine line;
    private final NanoClock time;
    private final Counters counters;
    private final StreamDecoder decoder;
    private final SampleIntake intake;
    private final @Nullable HostCommands commands;
    private final Messages messages = new Messages();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Thread thread;

    private boolean open;
    private @Nullable String problem;
    private @Nullable String lastSerialNumber;
    private long framesCounted;
    private long framesBadCounted;
    private long lastAskNs;
    private long lastPingNs;
    private long lastReadingNs;
    private boolean everRead;

    private volatile boolean stopping;
    private volatile int identifyMs = -1;
    private volatile SensorState state = SensorState.ABSENT;
    private volatile @Nullable Foot foot;
    private volatile @Nullable Hello hello;
    private volatile @Nullable DeviceStatus status;

    /**
     * Makes a sensor; {@link #start} sets it to work.
     *
     * @param config what is connected and how
     * @param line its bytes; owned from now on
     * @param ring receives samples; this sensor's thread is its only producer
     * @param counters receives lines up and down, frames, losses and refusals
     * @param time host clock
     */
    public LineSensor(SensorConfig config, ByteLine line, SlotRing<ImuSample> ring, Counters counters, NanoClock time) {
        this.config = config;
        this.line = line;
        this.time = time;
        this.counters = counters;
        intake = new SampleIntake(ring, counters);
        boolean entrain = config.dialect() == Dialect.ENTRAIN;
        decoder = entrain ? new EntrainDecoder() : new WitMotionDecoder(config.rateHz());
        commands = entrain ? new HostCommands(line) : null;
        thread = Thread.ofPlatform().daemon().name("sensor " + config.port()).unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public SensorState state() {
        return state;
    }

    @Override
    public @Nullable Foot foot() {
        return foot;
    }

    @Override
    public @Nullable Hello hello() {
        return hello;
    }

    @Override
    public @Nullable DeviceStatus status() {
        return status;
    }

    @Override
    public long timeUncertaintyNs() {
        return intake.uncertaintyNs();
    }

    @Override
    public double skewPpm() {
        return intake.skewPpm();
    }

    @Override
    public long reanchors() {
        return intake.reanchors();
    }

    @Override
    public void identify(int durationMs) {
        identifyMs = Math.clamp(durationMs, 0, 0xffff);
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive() && !thread.join(Duration.ofMillis(CLOSE_MS))) {
                Logger.warn("{}: the line does not let go within {} ms; unplug it", config.port(), CLOSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                if (!open && !tryOpen()) {
                    LockSupport.parkNanos(RETRY_MS * 1_000_000);
                    continue;
                }
                turn();
            }
        } finally {
            if (open && commands != null) {
                commands.stop();
            }
            line.close();
            state = SensorState.CLOSED;
        }
    }

    private boolean tryOpen() {
        String why = line.open();
        if (why != null) {
            if (!why.equals(problem)) {
                Logger.warn("{}: {}; trying again until it is there", config.port(), why);
                problem = why;
            }
            return false;
        }
        Logger.info("{}: line open", config.port());
        problem = null;
        open = true;
        counters.increment(Counter.LINE_UP);
        decoder.reset();
        intake.expectGap();
        hello = null;
        // An insole may still be streaming; until it said who it is, its readings could be anybody's.
        foot = commands == null ? config.foot() : null;
        everRead = false;
        state = SensorState.SILENT;
        long nowNs = time.nowNs();
        lastPingNs = nowNs;
        ask(nowNs);
        return true;
    }

    /** One read and what follows from it. */
    private void turn() {
        int count = line.read(buffer);
        long nowNs = time.nowNs();
        if (count < 0) {
            vanish();
            return;
        }
        if (count > 0) {
            decoder.accept(buffer, 0, count, nowNs, messages);
            counters.add(Counter.FRAMES, decoder.frames() - framesCounted);
            counters.add(Counter.FRAMES_BAD, decoder.framesBad() - framesBadCounted);
            framesCounted = decoder.frames();
            framesBadCounted = decoder.framesBad();
        }
        boolean silent = !everRead || nowNs - lastReadingNs >= SILENT_NS;
        if (silent) {
            state = SensorState.SILENT;
        }
        if ((silent || foot == null) && nowNs - lastAskNs >= SILENT_NS) {
            ask(nowNs);
        }
        if (commands != null && nowNs - lastPingNs >= PING_NS) {
            lastPingNs = nowNs;
            commands.ping(nowNs);
        }
        int blinkMs = identifyMs;
        if (blinkMs >= 0) {
            identifyMs = -1;
            if (commands != null) {
                commands.identify(blinkMs);
            }
        }
    }

    private void vanish() {
        Logger.warn("{}: the line is gone; plug the sensor in again", config.port());
        line.close();
        open = false;
        counters.increment(Counter.LINE_DOWN);
        if (commands != null) {
            commands.forget();
        }
        state = SensorState.ABSENT;
    }

    private void ask(long nowNs) {
        lastAskNs = nowNs;
        if (commands != null) {
            commands.greet();
        }
    }

    /** Decides whose readings these are, once per hello. */
    private void settleFoot(Hello said) {
        Foot wanted = config.foot();
        Foot made = said.side() == Side.LEFT ? Foot.LEFT : said.side() == Side.RIGHT ? Foot.RIGHT : null;
        if (wanted != null && made != null && wanted != made) {
            foot = null;
            Logger.error(
                    "{}: set up for the {} foot, but this insole ({}) is made for the {}; its readings are not used. Swap"
                            + " the insoles or their ports, or change the foot of this port",
                    config.port(),
                    wanted.word(),
                    said.serialNumber(),
                    made.word());
        } else if (wanted == null && made == null) {
            foot = null;
            Logger.error(
                    "{}: this insole ({}) does not say its foot; set the foot of this port to left or right",
                    config.port(),
                    said.serialNumber());
        } else {
            foot = wanted != null ? wanted : made;
        }
    }

    /** Messages of the decoder, on the reader thread. */
    private final class Messages implements MessageSink {
        @Override
        public void onHello(Hello said) {
            if (!said.equals(hello)) {
                hello = said;
                if (!said.serialNumber().equals(lastSerialNumber)) {
                    intake.forget();
                    lastSerialNumber = said.serialNumber();
                }
                Logger.info(
                        "{}: insole {} ({}), {} Hz, firmware \"{}\"",
                        config.port(),
                        said.serialNumber(),
                        said.side(),
                        said.rateHz(),
                        said.firmware());
                settleFoot(said);
            }
        }

        @Override
        public void onReading(Reading reading) {
            Foot worn = foot;
            lastReadingNs = reading.arrivalNs;
            everRead = true;
            if (worn != null) {
                intake.take(reading, worn);
                state = SensorState.FLOWING;
            } else {
                boolean wrong = config.foot() != null && hello != null;
                state = wrong ? SensorState.WRONG_FOOT : SensorState.FOOT_UNKNOWN;
            }
        }

        @Override
        public void onStatus(DeviceStatus said) {
            status = said;
        }

        @Override
        public void onPong(Pong pong) {
            if (commands != null && commands.answers(pong)) {
                intake.takePong(pong, commands.pingSentNs());
            }
        }

        @Override
        public void onReply(Reply reply) {
            if (!reply.done()) {
                Logger.warn(
                        "{}: the insole refused command 0x{}: {}",
                        config.port(),
                        Integer.toHexString(reply.commandCode()),
                        reply.result().meaning());
            }
        }
    }
}

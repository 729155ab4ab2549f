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
import dev.entrain.protocol.StreamDecoder;
import dev.entrain.protocol.WireFormat;
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
 * for its readings every second, for it may have restarted. A full ring refuses the newest sample and
 * counts. Readings for nobody's or the wrong foot are held back: cues on the wrong foot are worse than none.
 */
public final class LineSensor implements SensorPort {
    private static final long RETRY_MS = 250;
    private static final long SILENT_NS = 1_000_000_000L;
    private static final long COMPLAIN_NS = 3_000_000_000L;
    private static final long NOISE_BYTES = 100;
    private static final long CLOSE_MS = 2_000;
    private static final int BUFFER_BYTES = 4096;

    private final LineConfig config;
    private final ByteLine line;
    private final NanoClock time;
    private final Counters counters;
    private final StreamDecoder decoder;
    private final SampleIntake intake;
    private final InsoleCheck check;
    private final @Nullable HostCommands commands;
    private final Messages messages = new Messages();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Thread thread;

    private boolean open;
    private boolean vanished;
    private @Nullable String problem;
    private @Nullable String lastSerialNumber;
    private long framesCounted;
    private long framesBadCounted;
    private long skippedAtOpen;
    private long otherMajorsAtOpen;
    private boolean complained;
    private long lastReadNs;
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
    public LineSensor(LineConfig config, ByteLine line, SlotRing<ImuSample> ring, Counters counters, NanoClock time) {
        this.config = config;
        this.line = line;
        this.time = time;
        this.counters = counters;
        intake = new SampleIntake(ring, counters);
        check = new InsoleCheck(config);
        boolean entrain = config.dialect() == Dialect.ENTRAIN;
        decoder = entrain ? new EntrainDecoder() : new WitMotionDecoder(config.rateHz());
        commands = entrain ? new HostCommands(line) : null;
        thread = Thread.ofPlatform().daemon().name("sensor " + config.place()).unstarted(this::run);
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
                Logger.warn("{}: the line does not let go within {} ms; unplug it", config.place(), CLOSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                if (open || tryOpen()) {
                    turn();
                }
                if (!open) {
                    LockSupport.parkNanos(RETRY_MS * 1_000_000);
                }
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
        if (vanished) {
            // Told only now: when the process ends, lines may be closed under our feet, which is no news.
            vanished = false;
            Logger.warn("{}: the line is gone; plug the sensor in again", config.place());
        }
        String why = line.open();
        if (why != null) {
            if (!why.equals(problem)) {
                Logger.warn("{}: {}; trying again until it is there", config.place(), why);
                problem = why;
            }
            return false;
        }
        Logger.info("{}: line open", config.place());
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
        complained = false;
        long nowNs = time.nowNs();
        lastReadingNs = nowNs;
        skippedAtOpen = decoder.bytesSkipped();
        otherMajorsAtOpen = decoder instanceof EntrainDecoder entrain ? entrain.framesOtherMajor() : 0;
        if (commands != null) {
            commands.greet(nowNs);
        }
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
            lastReadNs = nowNs;
            decoder.accept(buffer, 0, count, nowNs, messages);
            counters.add(Counter.FRAMES, decoder.frames() - framesCounted);
            counters.add(Counter.FRAMES_BAD, decoder.framesBad() - framesBadCounted);
            framesCounted = decoder.frames();
            framesBadCounted = decoder.framesBad();
        }
        boolean silent = !everRead || nowNs - lastReadingNs >= SILENT_NS;
        if (silent) {
            state = SensorState.SILENT;
            complain(nowNs);
        }
        if (commands != null) {
            commands.converse(nowNs, hello == null, silent);
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
        line.close();
        open = false;
        vanished = true;
        counters.increment(Counter.LINE_DOWN);
        state = SensorState.ABSENT;
    }

    /** Tells a technician once per silence what may be wrong. */
    private void complain(long nowNs) {
        if (complained || nowNs - lastReadingNs < COMPLAIN_NS) {
            return;
        }
        complained = true;
        if (decoder instanceof EntrainDecoder entrain && entrain.framesOtherMajor() != otherMajorsAtOpen) {
            Logger.error(
                    "{}: the insole speaks version {} of the protocol, this computer version {}; update the older one",
                    config.place(),
                    entrain.lastOtherMajor(),
                    WireFormat.MAJOR);
        } else if (decoder.bytesSkipped() - skippedAtOpen > NOISE_BYTES) {
            Logger.warn("{}: bytes come that make no sense; check dialect and baud rate", config.place());
        } else {
            Logger.warn("{}: open, but no readings come; switch the sensor on, check the cable", config.place());
        }
    }

    /** Messages of the decoder, on the reader thread. */
    private final class Messages implements MessageSink {
        @Override
        public void onHello(Hello said) {
            boolean asked = commands == null || commands.helloCame();
            if (!asked) {
                Logger.info("{}: the insole restarted", config.place());
            }
            if (!said.serialNumber().equals(lastSerialNumber)) {
                intake.forget();
                lastSerialNumber = said.serialNumber();
            }
            if (!said.equals(hello)) {
                foot = check.footOf(said);
                hello = said;
            }
            if (!asked && commands != null) {
                commands.start(lastReadNs);
            }
        }

        @Override
        public void onReading(Reading reading) {
            Foot worn = foot;
            lastReadingNs = reading.arrivalNs;
            everRead = true;
            complained = false;
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
                        config.place(),
                        Integer.toHexString(reply.commandCode()),
                        reply.result().meaning());
            }
        }
    }
}

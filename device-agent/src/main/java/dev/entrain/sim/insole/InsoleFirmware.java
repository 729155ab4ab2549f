package dev.entrain.sim.insole;

import dev.entrain.protocol.Command;
import dev.entrain.protocol.CommandDecoder;
import dev.entrain.protocol.CommandResult;
import dev.entrain.protocol.CommandSink;
import dev.entrain.protocol.DeviceEncoder;
import dev.entrain.protocol.DeviceFault;
import dev.entrain.protocol.DeviceProfile;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.SampleBatch;
import dev.entrain.protocol.WireFormat;
import java.util.concurrent.atomic.AtomicLong;

/** What runs inside an emulated insole: its clock, and its answers. Used by one thread. */
final class InsoleFirmware implements CommandSink {
    static final int TICK_BITS = 32;
    static final long TICKS_PER_SECOND = 1_000_000;
    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final long TICK_MASK = (1L << TICK_BITS) - 1;
    private static final double TEMPERATURE_C = 29.5;
    private static final int BATTERY_LOW_PERCENT = 10;
    private static final int BATTERY_EMPTY_MILLIVOLTS = 3300;
    private static final int MILLIVOLTS_PER_PERCENT = 8;

    /** Where frames go. */
    interface Wire {
        /** Sends a frame, now or as soon as the line takes it. */
        void send(byte[] frame, int length, int samples);
    }

    private final DeviceProfile profile;
    private final Wire wire;
    private final double ticksPerNs;
    private final int batteryPercent;
    private final DeviceEncoder encoder = new DeviceEncoder();
    private final CommandDecoder decoder = new CommandDecoder();
    private final byte[] frame = new byte[WireFormat.MAX_FRAME_BYTES];
    private final AtomicLong commands = new AtomicLong();
    private long startTicks;
    private long bootNs;
    private long nowNs;
    private long heardNs;
    private boolean streaming;

    InsoleFirmware(DeviceProfile profile, double skewPpm, long startTicks, int batteryPercent, Wire wire) {
        this.profile = profile;
        this.wire = wire;
        this.startTicks = startTicks;
        this.batteryPercent = batteryPercent;
        ticksPerNs = TICKS_PER_SECOND * 1e-9 * (1 + skewPpm * 1e-6);
    }

    /** Whether the host asked for samples. */
    boolean streaming() {
        return streaming;
    }

    long commands() {
        return commands.get();
    }

    /** Starts over, as after a loss of power. */
    void restart(long atNs) {
        bootNs = atNs;
        startTicks = 0;
        streaming = false;
    }

    /** The line was plugged in again: a half-received command is void. */
    void plugged() {
        decoder.reset();
    }

    /** Takes what the host sent, at a time after the start of the emulation. */
    void receive(byte[] bytes, int count, long atNs) {
        nowNs = atNs;
        long before = decoder.frames();
        decoder.accept(bytes, 0, count, atNs, this);
        if (decoder.frames() != before) {
            heardNs = atNs;
        }
    }

    /** Saves the battery when the host has said nothing for {@value #PATIENCE_NS} ns. */
    void tire(long atNs) {
        streaming &= atNs - heardNs < PATIENCE_NS;
    }

    /** Counter at a time after the start of the emulation, not yet cut to its width. */
    long ticksAt(long atNs) {
        return startTicks + Math.round((atNs - bootNs) * ticksPerNs);
    }

    /** Sends a batch. */
    void sendSamples(SampleBatch batch) {
        wire.send(frame, encoder.samples(batch, frame, 0), batch.count());
    }

    /** Sends battery, temperature, uptime, and whether the line was too slow since the last time. */
    void sendStatus(long atNs, boolean overrun) {
        int faults = overrun ? DeviceFault.LINK_OVERRUN.mask() : 0;
        if (batteryPercent < BATTERY_LOW_PERCENT) {
            faults |= DeviceFault.BATTERY_LOW.mask();
        }
        int millivolts = BATTERY_EMPTY_MILLIVOLTS + batteryPercent * MILLIVOLTS_PER_PERCENT;
        DeviceStatus status =
                new DeviceStatus(batteryPercent, millivolts, TEMPERATURE_C, faults, ticksAt(atNs) & TICK_MASK);
        wire.send(frame, encoder.status(status, frame, 0), 0);
    }

    @Override
    public void onHelloRequest(int token) {
        commands.incrementAndGet();
        wire.send(frame, encoder.hello(profile, frame, 0), 0);
    }

    @Override
    public void onStart(int token) {
        streaming = true;
        reply(token, Command.START, CommandResult.DONE);
    }

    @Override
    public void onStop(int token) {
        streaming = false;
        reply(token, Command.STOP, CommandResult.DONE);
    }

    @Override
    public void onSetRate(int token, double rateHz) {
        // A recording has the one rate it has; what is within a tenth of it is taken for it.
        double ownHz = profile.rateMilliHz() / 1000.0;
        if (Math.abs(rateHz - ownHz) <= ownHz / 10) {
            reply(token, Command.SET_RATE, CommandResult.DONE);
            wire.send(frame, encoder.hello(profile, frame, 0), 0);
        } else {
            reply(token, Command.SET_RATE, streaming ? CommandResult.NOT_NOW : CommandResult.BAD_VALUE);
        }
    }

    @Override
    public void onIdentify(int token, int durationMs) {
        reply(token, Command.IDENTIFY, CommandResult.DONE);
    }

    @Override
    public void onPing(int token, long arrivalNs) {
        commands.incrementAndGet();
        long ticks = ticksAt(nowNs) & TICK_MASK;
        wire.send(frame, encoder.pong(token, ticks, ticks, frame, 0), 0);
    }

    @Override
    public void onUnknown(int token, int commandCode) {
        commands.incrementAndGet();
        wire.send(frame, encoder.reply(token, commandCode, CommandResult.UNKNOWN_COMMAND, frame, 0), 0);
    }

    private void reply(int token, Command command, CommandResult result) {
        commands.incrementAndGet();
        wire.send(frame, encoder.reply(token, command.code(), result, frame, 0), 0);
    }
}

package dev.entrain.audio.alsa;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.CardStatus;
import dev.entrain.time.NanoClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/**
 * A sound card: stereo or else mono, 32, 24 packed or 16 bit, 48 kHz or what the card grants near it, period 256 and buffer
 * 2048 frames. Its position comes with the card's own time stamp on CLOCK_MONOTONIC.
 */
public final class AlsaOutput implements AudioOutput {
    private static final int RATE_HZ = 48_000;
    private static final int PERIOD_FRAMES = 256;
    private static final int BUFFER_FRAMES = 2048;
    private static final int CHANNELS = 2;
    private static final int NS_PER_S = 1_000_000_000;
    private static final int WAITS_PER_AWAIT = 16;
    private static final long NS_PER_MS = 1_000_000L;

    /** The cue voices are made for these. */
    private static final int RATE_MIN_HZ = 8_000;

    private static final int RATE_MAX_HZ = 192_000;

    /** A card that sleeps says "try again" until it is awake: 5 times 20 ms, then it is prepared as it is. */
    private static final int RESUME_TRIES = 5;

    private static final long RESUME_PAUSE_NS = 20 * NS_PER_MS;

    /** This plug-in sends on at once what it is given and yet lets it be rewound: what is written next comes after it. */
    private static final String NO_RECALL = "PulseAudio";

    /** A stamp farther from our clock is none: left empty, or of another clock. */
    private static final long STAMP_LIMIT_NS = NS_PER_S;

    private final Alsa alsa;
    private final String device;
    private final NanoClock time;
    private final CardFault fault;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment pcm;
    private final MemorySegment pcmStatus;
    private final MemorySegment stamp;
    private final MemorySegment frames;

    private SampleFormat format = SampleFormat.S32;
    private int channels;
    private boolean recalls;
    private int rateHz;
    private int periodFrames;
    private int bufferFrames;
    private int error;
    private boolean closed;
    private String failure = "";

    /**
     * Opens and configures the card.
     *
     * @param alsa the library
     * @param device name of the ALSA device
     * @param time CLOCK_MONOTONIC
     * @throws AudioException if there is no such card, it is taken, or it cannot play as needed
     */
    AlsaOutput(Alsa alsa, String device, NanoClock time) throws AudioException {
        this.alsa = alsa;
        this.device = device;
        this.time = time;
        fault = new CardFault(alsa, device);
        boolean ready = false;
        MemorySegment handle = MemorySegment.NULL;
        try {
            MemorySegment pointer = arena.allocate(ADDRESS);
            check(
                    (int) alsa.open.invokeExact(
                            pointer, arena.allocateFrom(device), Alsa.STREAM_PLAYBACK, Alsa.NONBLOCK),
                    "cannot be opened");
            handle = pointer.get(ADDRESS, 0);
            pcm = handle;
            pcmStatus = alsa.structure(arena, "snd_pcm_status");
            stamp = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
            setHardware();
            setSoftware();
            recalls = !alsa.make(pcm).contains(NO_RECALL);
            frames = arena.allocate((long) bufferFrames * channels * format.bytes, Long.BYTES);
            warmUp();
            ready = true;
        } catch (AudioException e) {
            throw e;
        } catch (Throwable e) {
            throw Alsa.fault(e);
        } finally {
            if (!ready) {
                release(handle);
            }
        }
    }

    @Override
    public int rateHz() {
        return rateHz;
    }

    @Override
    public int bits() {
        return 8 * format.bytes;
    }

    @Override
    public int periodFrames() {
        return periodFrames;
    }

    @Override
    public int bufferFrames() {
        return bufferFrames;
    }

    @Override
    public String describe() {
        return "sound card '" + device + "' (" + rateHz + " Hz, " + format.description + (channels == 1 ? " mono" : "")
                + ", period " + periodFrames + ", buffer " + bufferFrames + " frames)";
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public boolean start() {
        try {
            return succeeded((int) alsa.start.invokeExact(pcm), "does not start");
        } catch (Throwable e) {
            throw Alsa.fault(e);
        }
    }

    @Override
    public Event await(CardStatus status, int timeoutMs) {
        long deadlineNs = time.nowNs() + timeoutMs * NS_PER_MS;
        int leftMs = timeoutMs;
        // A wait can end early with less room than a period; how often is bounded beside the time.
        for (int i = 0; i < WAITS_PER_AWAIT && leftMs > 0; i++) {
            Event event = awaitOnce(status, leftMs);
            if (event != Event.READY || status.roomFrames >= periodFrames) {
                return event;
            }
            // A device whose waits all end early must not use up the tries in no time: a time-out says it stands still.
            LockSupport.parkNanos((long) (periodFrames - status.roomFrames) * NS_PER_S / rateHz);
            leftMs = (int) ((deadlineNs - time.nowNs()) / NS_PER_MS);
        }
        return Event.TIMEOUT;
    }

    @Override
    public int write(float[] stereo, int fromFrame, int count) {
        if (error < 0) {
            return 0;
        }
        int asked = Math.min(count, bufferFrames);
        format.encode(stereo, fromFrame, asked, channels, frames);
        try {
            long taken = (long) alsa.write.invokeExact(pcm, frames, (long) asked);
            if (taken < 0 && taken != -Alsa.EAGAIN) {
                error = (int) taken;
            }
            return (int) Math.max(0, taken);
        } catch (Throwable e) {
            throw Alsa.fault(e);
        }
    }

    @Override
    public int recall(int keepFrames) {
        try {
            if (!recalls || error < 0 || (int) alsa.status.invokeExact(pcm, pcmStatus) < 0) {
                return 0; // If something is wrong, the next wait says what.
            }
            long queued = bufferFrames - (long) alsa.statusAvail.invokeExact(pcmStatus);
            long wanted = Math.min(queued - keepFrames, (long) alsa.rewindable.invokeExact(pcm));
            return (int) Math.max(0, (long) alsa.rewind.invokeExact(pcm, Math.max(0, wanted)));
        } catch (Throwable e) {
            throw Alsa.fault(e);
        }
    }

    @Override
    public boolean recover() {
        boolean asleep = error == -Alsa.ESTRPIPE;
        error = 0;
        try {
            // Some cards are only awake after this, others do not know it; prepared they must be either way.
            for (int i = 0; asleep && i < RESUME_TRIES && (int) alsa.resume.invokeExact(pcm) == -Alsa.EAGAIN; i++) {
                LockSupport.parkNanos(RESUME_PAUSE_NS);
            }
            alsa.drop.invoke(pcm); // Refused by a card that stopped by itself, which is as good.
            return succeeded((int) alsa.prepare.invokeExact(pcm), "does not come back after it stopped");
        } catch (Throwable e) {
            throw Alsa.fault(e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release(pcm);
        }
    }

    private Event awaitOnce(CardStatus status, int timeoutMs) {
        try {
            if (error == 0) {
                error = Math.min(0, (int) alsa.await.invokeExact(pcm, timeoutMs));
                if (error == -Alsa.EIO) {
                    error = 0; // What plug-ins say before they know that they ran dry; the state below tells.
                }
            }
            if (error == 0) {
                error = Math.min(0, (int) alsa.status.invokeExact(pcm, pcmStatus));
            }
            if (error < 0) {
                return eventOf(error);
            }
            int state = (int) alsa.statusState.invokeExact(pcmStatus);
            status.roomFrames = (int) Math.min(bufferFrames, (long) alsa.statusAvail.invokeExact(pcmStatus));
            status.delayFrames = (long) alsa.statusDelay.invokeExact(pcmStatus);
            alsa.statusTime.invokeExact(pcmStatus, stamp);
            if (state != Alsa.STATE_RUNNING) {
                return eventOf(
                        switch (state) {
                            case Alsa.STATE_XRUN -> -Alsa.EPIPE;
                            case Alsa.STATE_SUSPENDED -> -Alsa.ESTRPIPE;
                            case Alsa.STATE_DISCONNECTED -> -Alsa.ENODEV;
                            default -> -Alsa.EIO;
                        });
            }
        } catch (Throwable e) {
            throw Alsa.fault(e);
        }
        long stampNs = stamp.getAtIndex(JAVA_LONG, 0) * NS_PER_S + stamp.getAtIndex(JAVA_LONG, 1);
        long nowNs = time.nowNs();
        // Some plug-ins leave it empty, others have a clock of their own; both only cost exactness.
        status.timeNs = Math.abs(nowNs - stampNs) < STAMP_LIMIT_NS ? stampNs : nowNs;
        return Event.READY;
    }

    private Event eventOf(int result) {
        error = result;
        if (result == -Alsa.EPIPE) {
            return Event.UNDERRUN;
        }
        if (result == -Alsa.ESTRPIPE) {
            return Event.SUSPENDED;
        }
        succeeded(result, "stopped by itself");
        return Event.FAILED;
    }

    private void setHardware() throws Throwable {
        MemorySegment params = alsa.structure(arena, "snd_pcm_hw_params");
        MemorySegment value = arena.allocate(JAVA_LONG);
        check((int) alsa.hwAny.invokeExact(pcm, params), "has no usable settings");
        // A device without a resampler refuses, which is what we want: its own rate is granted below.
        alsa.hwResample.invoke(pcm, params, 0);
        check((int) alsa.hwAccess.invokeExact(pcm, params, Alsa.ACCESS_RW_INTERLEAVED), "takes no interleaved frames");
        check(setFormat(params), "plays neither 32 nor 24 nor 16 bit samples");
        channels = CHANNELS;
        if ((int) alsa.hwChannels.invokeExact(pcm, params, channels) < 0) {
            channels = 1;
            check((int) alsa.hwChannels.invokeExact(pcm, params, channels), "is neither stereo nor mono");
        }
        value.set(JAVA_INT, 0, RATE_HZ);
        check((int) alsa.hwRateNear.invokeExact(pcm, params, value, MemorySegment.NULL), "has no rate near 48000 Hz");
        rateHz = value.get(JAVA_INT, 0);
        check(rateHz < RATE_MIN_HZ || rateHz > RATE_MAX_HZ ? -Alsa.EIO : 0, "plays at " + rateHz + " Hz only");
        value.set(JAVA_LONG, 0, PERIOD_FRAMES);
        check((int) alsa.hwPeriodNear.invokeExact(pcm, params, value, MemorySegment.NULL), "has no period near 256");
        periodFrames = (int) value.get(JAVA_LONG, 0);
        value.set(JAVA_LONG, 0, BUFFER_FRAMES);
        check((int) alsa.hwBufferNear.invokeExact(pcm, params, value), "has no buffer near 2048 frames");
        bufferFrames = (int) value.get(JAVA_LONG, 0);
        check((int) alsa.hwApply.invokeExact(pcm, params), "refuses " + format.description + " at " + rateHz + " Hz");
    }

    private int setFormat(MemorySegment params) throws Throwable {
        int result = -Alsa.EIO;
        for (SampleFormat each : SampleFormat.values()) {
            result = (int) alsa.hwFormat.invokeExact(pcm, params, each.code);
            if (result >= 0) {
                format = each;
                return result;
            }
        }
        return result;
    }

    private void setSoftware() throws Throwable {
        MemorySegment params = alsa.structure(arena, "snd_pcm_sw_params");
        check((int) alsa.swCurrent.invokeExact(pcm, params), "shows no software settings");
        check((int) alsa.swAvailMin.invokeExact(pcm, params, (long) periodFrames), "cannot wake us every period");
        // Never started by writing: the loop starts it when the buffer is full.
        check((int) alsa.swStart.invokeExact(pcm, params, Long.MAX_VALUE), "cannot be started explicitly");
        check((int) alsa.swStampMode.invokeExact(pcm, params, Alsa.TSTAMP_ENABLE), "gives no time stamps");
        check(
                (int) alsa.swStampType.invokeExact(pcm, params, Alsa.TSTAMP_TYPE_MONOTONIC),
                "gives no monotonic time stamps");
        check((int) alsa.swApply.invokeExact(pcm, params), "refuses the software settings");
    }

    /** Calls once what the loop calls, since linking at the first call takes longer than the buffer lasts. */
    private void warmUp() {
        awaitOnce(new CardStatus(), 0); // Says that the card does not run, which is so.
        error = 0;
        write(new float[CHANNELS], 0, 0);
        error = 0;
        recall(0);
        failure = "";
    }

    private void check(int result, String what) throws AudioException {
        if (!succeeded(result, what)) {
            throw new AudioException(failure);
        }
    }

    private boolean succeeded(int result, String what) {
        if (result >= 0) {
            return true;
        }
        error = result;
        failure = fault.describe(result, what);
        return false;
    }

    private void release(MemorySegment handle) {
        try {
            if (!handle.equals(MemorySegment.NULL)) {
                alsa.drop.invoke(handle);
                alsa.close.invoke(handle);
            }
        } catch (Throwable e) {
            throw Alsa.fault(e);
        } finally {
            arena.close();
        }
    }
}

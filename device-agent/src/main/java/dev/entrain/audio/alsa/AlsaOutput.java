package dev.entrain.audio.alsa;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.CardStatus;
import dev.entrain.time.NanoClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A sound card: stereo, 32 or else 16 bit, 48 kHz or what the card grants near it, period 256 and buffer 2048 frames. Its
 * position comes with the card's own time stamp on CLOCK_MONOTONIC.
 */
public final class AlsaOutput implements AudioOutput {
    private static final int RATE_HZ = 48_000;
    private static final int PERIOD_FRAMES = 256;
    private static final int BUFFER_FRAMES = 2048;
    private static final int CHANNELS = 2;
    private static final int NS_PER_S = 1_000_000_000;
    private static final int WAITS_PER_AWAIT = 16;
    private static final long NS_PER_MS = 1_000_000L;
    // The largest double below 2^31 steps: full scale of 32 bit samples.
    private static final double S32_FULL_SCALE = Integer.MAX_VALUE;

    private final Alsa alsa;
    private final String device;
    private final NanoClock time;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment pcm;
    private final MemorySegment pcmStatus;
    private final MemorySegment stamp;
    private final MemorySegment frames;

    private boolean wide;
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
            frames = arena.allocate((long) bufferFrames * CHANNELS * Integer.BYTES, Long.BYTES);
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
        return wide ? 32 : 16;
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
        return "sound card '" + device + "' (" + rateHz + " Hz, " + bits() + " bit, period " + periodFrames
                + ", buffer " + bufferFrames + " frames)";
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
        convert(stereo, fromFrame * CHANNELS, asked * CHANNELS);
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
    public boolean recover() {
        error = 0;
        try {
            return succeeded((int) alsa.prepare.invokeExact(pcm), "does not come back after it ran dry");
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
            if (state == Alsa.STATE_XRUN || state == Alsa.STATE_SUSPENDED) {
                return Event.UNDERRUN;
            }
            if (state != Alsa.STATE_RUNNING) {
                succeeded(-Alsa.ENODEV, "stopped by itself");
                return Event.FAILED;
            }
        } catch (Throwable e) {
            throw Alsa.fault(e);
        }
        long stampNs = stamp.getAtIndex(JAVA_LONG, 0) * NS_PER_S + stamp.getAtIndex(JAVA_LONG, 1);
        status.timeNs = stampNs != 0 ? stampNs : time.nowNs(); // Some plug-ins leave it empty.
        return Event.READY;
    }

    private Event eventOf(int result) {
        if (result == -Alsa.EPIPE || result == -Alsa.ESTRPIPE) {
            return Event.UNDERRUN;
        }
        succeeded(result, "failed while playing");
        return Event.FAILED;
    }

    private void convert(float[] stereo, int from, int samples) {
        if (wide) {
            for (int i = 0; i < samples; i++) {
                double value = Math.clamp(stereo[from + i], -1f, 1f) * S32_FULL_SCALE;
                frames.setAtIndex(JAVA_INT, i, (int) Math.rint(value));
            }
        } else {
            for (int i = 0; i < samples; i++) {
                float value = Math.clamp(stereo[from + i], -1f, 1f) * Short.MAX_VALUE;
                frames.setAtIndex(JAVA_SHORT, i, (short) Math.round(value));
            }
        }
    }

    private void setHardware() throws Throwable {
        MemorySegment params = alsa.structure(arena, "snd_pcm_hw_params");
        MemorySegment value = arena.allocate(JAVA_LONG);
        check((int) alsa.hwAny.invokeExact(pcm, params), "has no usable settings");
        // A device without a resampler refuses, which is what we want: its own rate is granted below.
        alsa.hwResample.invoke(pcm, params, 0);
        check((int) alsa.hwAccess.invokeExact(pcm, params, Alsa.ACCESS_RW_INTERLEAVED), "takes no interleaved frames");
        wide = (int) alsa.hwTestFormat.invokeExact(pcm, params, Alsa.FORMAT_S32_LE) == 0;
        check(
                (int) alsa.hwFormat.invokeExact(pcm, params, wide ? Alsa.FORMAT_S32_LE : Alsa.FORMAT_S16_LE),
                "plays neither 32 nor 16 bit samples");
        check((int) alsa.hwChannels.invokeExact(pcm, params, CHANNELS), "is not stereo");
        value.set(JAVA_INT, 0, RATE_HZ);
        check((int) alsa.hwRateNear.invokeExact(pcm, params, value, MemorySegment.NULL), "has no rate near 48000 Hz");
        rateHz = value.get(JAVA_INT, 0);
        value.set(JAVA_LONG, 0, PERIOD_FRAMES);
        check((int) alsa.hwPeriodNear.invokeExact(pcm, params, value, MemorySegment.NULL), "has no period near 256");
        periodFrames = (int) value.get(JAVA_LONG, 0);
        value.set(JAVA_LONG, 0, BUFFER_FRAMES);
        check((int) alsa.hwBufferNear.invokeExact(pcm, params, value), "has no buffer near 2048 frames");
        bufferFrames = (int) value.get(JAVA_LONG, 0);
        check((int) alsa.hwApply.invokeExact(pcm, params), "refuses stereo at " + rateHz + " Hz");
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
        failure = switch (-result) {
            case Alsa.ENOENT, Alsa.ENODEV ->
                "There is no sound card '" + device + "'. Plug one in, see 'aplay -L' for the names this host knows,"
                        + " and set audio.device to one of them.";
            case Alsa.EBUSY ->
                "Sound card '" + device + "' is in use by another program. End that program, or set audio.device to"
                        + " a device that shares the card.";
            case Alsa.EACCES ->
                "Sound card '" + device + "' may not be used by this user. Add the user to the group audio and log in"
                        + " again.";
            default ->
                "Sound card '" + device + "' " + what + " (" + alsa.describe(result)
                        + "). Set audio.device to another device; 'aplay -L' lists them.";
        };
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

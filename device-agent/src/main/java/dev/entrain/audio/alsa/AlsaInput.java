package dev.entrain.audio.alsa;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioInput;
import dev.entrain.audio.CardStatus;
import dev.entrain.time.NanoClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A sound card that records: stereo or else mono, 32, 24 or 16 bit, 48 kHz or what is granted near it, and a buffer of
 * {@value #BUFFER_FRAMES} frames, because a recording may wait where sound may not. Its position comes with the card's own time
 * stamp on CLOCK_MONOTONIC.
 */
final class AlsaInput implements AudioInput {
    private static final int RATE_HZ = 48_000;
    private static final int PERIOD_FRAMES = 256;
    private static final int BUFFER_FRAMES = 16_384;
    private static final int NS_PER_S = 1_000_000_000;

    private final Alsa alsa;
    private final String device;
    private final NanoClock time;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment pcm;
    private final MemorySegment pcmStatus;
    private final MemorySegment stamp;
    private final MemorySegment frames;

    private SampleFormat format = SampleFormat.S32;
    private int rateHz;
    private int channels;
    private int periodFrames;
    private int bufferFrames;
    private int error;
    private boolean closed;
    private String failure = "";

    /**
     * Opens and configures the card.
     *
     * @throws AudioException if there is no such card, it is taken, or it cannot record as needed
     */
    AlsaInput(Alsa alsa, String device, NanoClock time) throws AudioException {
        this.alsa = alsa;
        this.device = device;
        this.time = time;
        boolean ready = false;
        MemorySegment handle = MemorySegment.NULL;
        try {
            MemorySegment pointer = arena.allocate(ADDRESS);
            check(
                    (int) alsa.open.invokeExact(
                            pointer, arena.allocateFrom(device), Alsa.STREAM_CAPTURE, Alsa.NONBLOCK),
                    "cannot be opened for recording");
            handle = pointer.get(ADDRESS, 0);
            pcm = handle;
            pcmStatus = alsa.structure(arena, "snd_pcm_status");
            stamp = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
            setHardware();
            setSoftware();
            frames = arena.allocate((long) bufferFrames * channels * format.bytes, Long.BYTES);
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
    public int channels() {
        return channels;
    }

    @Override
    public int bufferFrames() {
        return bufferFrames;
    }

    @Override
    public String describe() {
        return "sound card '" + device + "' (" + rateHz + " Hz, " + format.description + ", "
                + (channels == 1 ? "mono" : "stereo") + ", buffer " + bufferFrames + " frames)";
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public boolean start() {
        error = 0;
        try {
            return succeeded((int) alsa.prepare.invokeExact(pcm), "cannot be made ready to record")
                    && succeeded((int) alsa.start.invokeExact(pcm), "does not start to record");
        } catch (Throwable e) {
            throw Alsa.fault(e);
        }
    }

    @Override
    public Event await(CardStatus status, int timeoutMs) {
        try {
            if (error == 0) {
                error = Math.min(0, (int) alsa.await.invokeExact(pcm, timeoutMs));
                if (error == -Alsa.EIO) {
                    error = 0; // What plug-ins say before they know that they stopped; the state below tells.
                }
            }
            if (error == 0) {
                error = Math.min(0, (int) alsa.status.invokeExact(pcm, pcmStatus));
            }
            if (error < 0) {
                return eventOf(error);
            }
            int state = (int) alsa.statusState.invokeExact(pcmStatus);
            if (state == Alsa.STATE_XRUN || state == Alsa.STATE_SUSPENDED) {
                return Event.OVERRUN;
            }
            if (state != Alsa.STATE_RUNNING) {
                succeeded(-Alsa.ENODEV, "stopped by itself");
                return Event.FAILED;
            }
            status.roomFrames = (int) Math.min(bufferFrames, (long) alsa.statusAvail.invokeExact(pcmStatus));
            status.delayFrames = (long) alsa.statusDelay.invokeExact(pcmStatus);
            alsa.statusTime.invokeExact(pcmStatus, stamp);
        } catch (Throwable e) {
            throw Alsa.fault(e);
        }
        long stampNs = stamp.getAtIndex(JAVA_LONG, 0) * NS_PER_S + stamp.getAtIndex(JAVA_LONG, 1);
        long nowNs = time.nowNs();
        status.timeNs =
                Math.abs(nowNs - stampNs) < NS_PER_S ? stampNs : nowNs; // Some leave it empty or use another clock.
        return status.roomFrames >= periodFrames ? Event.READY : Event.TIMEOUT;
    }

    @Override
    public int read(float[] interleaved, int count) {
        if (error < 0) {
            return 0;
        }
        try {
            long taken = (long) alsa.read.invokeExact(pcm, frames, (long) Math.min(count, bufferFrames));
            if (taken < 0 && taken != -Alsa.EAGAIN) {
                error = (int) taken;
            }
            int got = (int) Math.max(0, taken);
            format.decode(frames, got * channels, interleaved);
            return got;
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

    private Event eventOf(int result) {
        if (result == -Alsa.EPIPE || result == -Alsa.ESTRPIPE) {
            return Event.OVERRUN;
        }
        succeeded(result, "failed while recording");
        return Event.FAILED;
    }

    private void setHardware() throws Throwable {
        MemorySegment params = alsa.structure(arena, "snd_pcm_hw_params");
        MemorySegment value = arena.allocate(JAVA_LONG);
        check((int) alsa.hwAny.invokeExact(pcm, params), "has no usable settings");
        alsa.hwResample.invoke(pcm, params, 0);
        check((int) alsa.hwAccess.invokeExact(pcm, params, Alsa.ACCESS_RW_INTERLEAVED), "gives no interleaved frames");
        check(chooseFormat(params), "records neither 32 nor 24 nor 16 bit samples");
        // Many microphones are mono.
        channels = (int) alsa.hwChannels.invokeExact(pcm, params, 2) >= 0 ? 2 : 1;
        if (channels == 1) {
            check((int) alsa.hwChannels.invokeExact(pcm, params, 1), "is neither stereo nor mono");
        }
        value.set(JAVA_INT, 0, RATE_HZ);
        check((int) alsa.hwRateNear.invokeExact(pcm, params, value, MemorySegment.NULL), "has no rate near 48000 Hz");
        rateHz = value.get(JAVA_INT, 0);
        value.set(JAVA_LONG, 0, PERIOD_FRAMES);
        check((int) alsa.hwPeriodNear.invokeExact(pcm, params, value, MemorySegment.NULL), "has no period near 256");
        periodFrames = (int) value.get(JAVA_LONG, 0);
        value.set(JAVA_LONG, 0, BUFFER_FRAMES);
        check((int) alsa.hwBufferNear.invokeExact(pcm, params, value), "has no buffer near 16384 frames");
        bufferFrames = (int) value.get(JAVA_LONG, 0);
        check((int) alsa.hwApply.invokeExact(pcm, params), "refuses to record at " + rateHz + " Hz");
    }

    private int chooseFormat(MemorySegment params) throws Throwable {
        int result = 0;
        for (SampleFormat each : SampleFormat.values()) {
            result = (int) alsa.hwFormat.invokeExact(pcm, params, each.code);
            if (result >= 0) {
                format = each;
                break;
            }
        }
        return result;
    }

    private void setSoftware() throws Throwable {
        MemorySegment params = alsa.structure(arena, "snd_pcm_sw_params");
        check((int) alsa.swCurrent.invokeExact(pcm, params), "shows no software settings");
        check((int) alsa.swAvailMin.invokeExact(pcm, params, (long) periodFrames), "cannot wake us every period");
        check((int) alsa.swStampMode.invokeExact(pcm, params, Alsa.TSTAMP_ENABLE), "gives no time stamps");
        check(
                (int) alsa.swStampType.invokeExact(pcm, params, Alsa.TSTAMP_TYPE_MONOTONIC),
                "gives no monotonic time stamps");
        check((int) alsa.swApply.invokeExact(pcm, params), "refuses the software settings");
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
                "There is no sound card '" + device
                        + "' to record from. Plug one in, see 'arecord -L' for the names this"
                        + " host knows, and name one with --capture.";
            case Alsa.EBUSY ->
                "Sound card '" + device + "' is recorded from by another program. End that program and try again.";
            case Alsa.EACCES ->
                "Sound card '" + device + "' may not be used by this user. Add the user to the group audio and log in"
                        + " again.";
            default ->
                "Sound card '" + device + "' " + what + " (" + alsa.describe(result)
                        + "). Name another input with --capture; 'arecord -L' lists them, and 'plughw:' in place of"
                        + " 'hw:' converts what a card itself does not offer.";
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

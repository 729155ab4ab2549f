package dev.entrain.protocol;

/**
 * Writes what a host sends, see PROTOCOL.md. Every method writes one whole frame with its delimiter and returns its
 * length; {@link WireFormat#MAX_FRAME_BYTES} bytes from offset always suffice. The token is the host's choice and comes
 * back in the answer. Not thread-safe; realtime-safe.
 */
public final class CommandEncoder {
    private final FrameWriter writer = new FrameWriter();

    /** Asks for a HELLO. */
    public int helloRequest(int token, byte[] out, int offset) {
        return begin(Command.HELLO_REQUEST, token).finish(out, offset);
    }

    /** Asks for samples. */
    public int start(int token, byte[] out, int offset) {
        return begin(Command.START, token).finish(out, offset);
    }

    /** Asks for silence. */
    public int stop(int token, byte[] out, int offset) {
        return begin(Command.STOP, token).finish(out, offset);
    }

    /**
     * Asks for a sample rate.
     *
     * @param rateHz 0.001 to 4294967.295, sent in steps of 0.001
     * @throws IllegalArgumentException if the rate is out of range
     */
    public int setRate(int token, double rateHz, byte[] out, int offset) {
        long rateMilliHz = Math.round(rateHz * 1000);
        DeviceProfile.check("rate in 0.001 Hz", rateMilliHz, 1, 0xffff_ffffL);
        return begin(Command.SET_RATE, token).put32((int) rateMilliHz).finish(out, offset);
    }

    /**
     * Asks the insole to show itself.
     *
     * @param durationMs 0 to 65535; 0 ends it
     * @throws IllegalArgumentException if the duration is out of range
     */
    public int identify(int token, int durationMs, byte[] out, int offset) {
        DeviceProfile.check("durationMs", durationMs, 0, 0xffff);
        return begin(Command.IDENTIFY, token).put16(durationMs).finish(out, offset);
    }

    /** Asks for the time. */
    public int ping(int token, byte[] out, int offset) {
        return begin(Command.PING, token).finish(out, offset);
    }

    private FrameWriter begin(Command command, int token) {
        return writer.begin(command.code()).put32(token);
    }
}

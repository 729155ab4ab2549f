package dev.entrain.sensor;

import dev.entrain.protocol.CommandEncoder;
import dev.entrain.protocol.Pong;
import dev.entrain.protocol.WireFormat;

/** What the host says to an insole over its line. Used by the reader thread. */
final class HostCommands {
    private final ByteLine line;
    private final CommandEncoder encoder = new CommandEncoder();
    private final byte[] frame = new byte[WireFormat.MAX_FRAME_BYTES];
    private int token;
    private int pingToken;
    private long pingSentNs;
    private boolean pingOpen;

    HostCommands(ByteLine line) {
        this.line = line;
    }

    /** Asks who it is and for its readings. */
    void greet() {
        line.write(frame, encoder.helloRequest(++token, frame, 0));
        line.write(frame, encoder.start(++token, frame, 0));
    }

    void stop() {
        line.write(frame, encoder.stop(++token, frame, 0));
    }

    void identify(int durationMs) {
        line.write(frame, encoder.identify(++token, durationMs, frame, 0));
    }

    void ping(long nowNs) {
        pingToken = ++token;
        pingSentNs = nowNs;
        pingOpen = line.write(frame, encoder.ping(pingToken, frame, 0));
    }

    /** Whether this answers the last ping; each ping is answered once. */
    boolean answers(Pong pong) {
        boolean answered = pingOpen && pong.token() == pingToken;
        pingOpen &= !answered;
        return answered;
    }

    /** When the last ping was sent, ns. */
    long pingSentNs() {
        return pingSentNs;
    }

    /** Forgets what is under way, for a line that was opened anew. */
    void forget() {
        pingOpen = false;
    }
}

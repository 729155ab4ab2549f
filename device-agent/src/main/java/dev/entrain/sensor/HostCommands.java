package dev.entrain.sensor;

import dev.entrain.protocol.CommandEncoder;
import dev.entrain.protocol.Pong;
import dev.entrain.protocol.WireFormat;

/** What the host says to an insole over its line. Used by the reader thread. */
final class HostCommands {
    private static final long HELLO_NS = 500_000_000;
    private static final long START_NS = 1_000_000_000;

    /** Often enough that an insole which sleeps without a host for 30 s stays awake. */
    private static final long PING_NS = 4_000_000_000L;

    private final ByteLine line;
    private final CommandEncoder encoder = new CommandEncoder();
    private final byte[] frame = new byte[WireFormat.MAX_FRAME_BYTES];
    private int token;
    private int pingToken;
    private long pingSentNs;
    private boolean pingOpen;
    private int hellosAsked;
    private long helloAskedNs;
    private long startedNs;

    HostCommands(ByteLine line) {
        this.line = line;
    }

    /** Ends whatever half frame the insole has, and asks who it is and for its readings; for a line just opened. */
    void greet(long nowNs) {
        pingOpen = false;
        hellosAsked = 0;
        pingSentNs = nowNs;
        frame[0] = WireFormat.DELIMITER;
        line.write(frame, 1);
        askHello(nowNs);
        start(nowNs);
    }

    /** Says what is due: another try for a hello or for readings, and a ping. */
    void converse(long nowNs, boolean helloMissing, boolean silent) {
        if (helloMissing && nowNs - helloAskedNs >= HELLO_NS) {
            askHello(nowNs);
        }
        if (silent && nowNs - startedNs >= START_NS) {
            start(nowNs);
        }
        if (nowNs - pingSentNs >= PING_NS) {
            pingToken = ++token;
            pingSentNs = nowNs;
            pingOpen = line.write(frame, encoder.ping(pingToken, frame, 0));
        }
    }

    /** A hello came: false if nobody asked for it, which says that the insole restarted. */
    boolean helloCame() {
        boolean asked = hellosAsked > 0;
        hellosAsked -= asked ? 1 : 0;
        return asked;
    }

    void start(long nowNs) {
        startedNs = nowNs;
        line.write(frame, encoder.start(++token, frame, 0));
    }

    void stop() {
        line.write(frame, encoder.stop(++token, frame, 0));
    }

    void identify(int durationMs) {
        line.write(frame, encoder.identify(++token, durationMs, frame, 0));
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

    private void askHello(long nowNs) {
        helloAskedNs = nowNs;
        hellosAsked++;
        line.write(frame, encoder.helloRequest(++token, frame, 0));
    }
}

package dev.entrain.protocol;

/** Receives the commands of a host, at the insole's end of the line: an emulated insole or a test. */
public interface CommandSink {
    /** Answer with HELLO. */
    void onHelloRequest(int token);

    /** Answer with REPLY, then send samples. */
    void onStart(int token);

    /** Send no more samples and answer with REPLY. */
    void onStop(int token);

    /** Answer with REPLY, then HELLO if the rate changed. The rate is what the host sent, 0 to 4294967.295 Hz. */
    void onSetRate(int token, double rateHz);

    /** Answer with REPLY, and blink for 0 to 65535 ms; 0 ends it. */
    void onIdentify(int token, int durationMs);

    /** Answer with PONG at once; arrivalNs is what the decoder was given. */
    void onPing(int token, long arrivalNs);

    /** Answer with REPLY {@link CommandResult#UNKNOWN_COMMAND}. */
    void onUnknown(int token, int commandCode);
}

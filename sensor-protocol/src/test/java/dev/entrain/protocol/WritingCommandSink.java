package dev.entrain.protocol;

import java.util.List;

/** Writes each command as one line, in the words of the golden vectors. */
final class WritingCommandSink implements CommandSink {
    private final List<String> lines;

    WritingCommandSink(List<String> lines) {
        this.lines = lines;
    }

    @Override
    public void onHelloRequest(int token) {
        lines.add("HELLO_REQUEST token=" + Integer.toUnsignedString(token));
    }

    @Override
    public void onStart(int token) {
        lines.add("START token=" + Integer.toUnsignedString(token));
    }

    @Override
    public void onStop(int token) {
        lines.add("STOP token=" + Integer.toUnsignedString(token));
    }

    @Override
    public void onSetRate(int token, double rateHz) {
        lines.add("SET_RATE token=" + Integer.toUnsignedString(token) + " rate_millihz=" + Math.round(rateHz * 1000));
    }

    @Override
    public void onIdentify(int token, int durationMs) {
        lines.add("IDENTIFY token=" + Integer.toUnsignedString(token) + " duration_ms=" + durationMs);
    }

    @Override
    public void onPing(int token, long arrivalNs) {
        lines.add("PING token=" + Integer.toUnsignedString(token));
    }

    @Override
    public void onUnknown(int token, int commandCode) {
        lines.add("UNKNOWN token=" + Integer.toUnsignedString(token) + " command=" + commandCode);
    }
}

package dev.entrain.telemetry;

/**
 * Tries the line to the broker as the unit would use it: connects under its name, subscribes what it listens to, and sends
 * nothing. While it is up nobody else may connect under that name. Used by one thread.
 */
public final class LineTrial implements AutoCloseable {
    private final TelemetryPort port;

    /**
     * Begins to connect and returns at once.
     *
     * @param bootId of this start of the machine; the last will says offline
     */
    public LineTrial(TelemetryPort port, String unit, String bootId) {
        this.port = port;
        Topics topics = new Topics(unit);
        // Number 0: a will that comes late contradicts no birth of the agent's.
        port.connect(topics.status(), new PayloadEncoder().status(bootId, 0, UnitState.OFFLINE), topics.wanted());
    }

    /** Returns how the line is. */
    public TelemetryPort.Link link() {
        return port.link();
    }

    /** Returns what is wrong, in words for a technician; empty while nothing is known. */
    public String trouble() {
        return port.problem().isEmpty() ? port.refusal() : port.problem();
    }

    @Override
    public void close() {
        port.close();
    }
}

package dev.entrain.remote;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.Prescription;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.telemetry.Inbound;
import dev.entrain.telemetry.Replies;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the clinic may ask of this unit: a prescription and settings, which count between walks, and commands. Whatever can't
 * be proven to be the clinic's, for this unit, whole, newer and within bounds changes nothing, and is told with its reason.
 *
 * <p>It lives as long as the process; one agent after another uses it. Thread-safe: the outbound thread brings messages, the
 * composition root asks what to run with. The control thread never comes here.
 */
public final class ClinicOrders implements Inbound {
    /** A flood of refusals makes no flood of reports. */
    private static final long REPORT_PAUSE_NS = 1_000_000_000L;

    private final OrderDesk orders;
    private final CommandDesk commands;
    private final Sayings sayings;
    private Counters counters = new Counters();
    private boolean reportDue = true;
    private boolean everReported;
    private long reportedNs;

    /**
     * Takes up what is kept in the unit's folder.
     *
     * @param file the unit's own configuration
     * @param bootId of this start of the machine
     * @param log the newest lines of the log, oldest first
     * @throws ConfigException if the file's programme can't be read
     */
    public ClinicOrders(AgentConfig file, String bootId, Supplier<List<String>> log) throws ConfigException {
        String programme = file.programme();
        Trust trust = Trust.read(file.clinic().publicKey(), file.clinic().commandKey());
        OrderShelf shelf = new OrderShelf(file.stateDir());
        sayings = new Sayings(bootId);
        orders = new OrderDesk(file, programme == null ? null : Prescription.of(programme), trust, shelf);
        commands = new CommandDesk(file.telemetry().unit(), bootId, trust, shelf, sayings, log);
    }

    /** From now on commands go to this unit, and what happens is counted there. */
    public synchronized void attach(UnitControl control, Counters newCounters) {
        counters = newCounters;
        commands.attach(control, newCounters);
    }

    @Override
    public synchronized void onMessage(
            String leaf, byte[] payload, long expiryS, boolean retained, Replies replies, long nowNs) {
        if (leaf.equals("cmd")) {
            commands.take(payload, expiryS, retained, nowNs);
            return;
        }
        for (OrderKind kind : OrderKind.VALUES) {
            if (kind.leaf().equals(leaf)) {
                reportDue = true;
                try {
                    orders.take(kind, payload, nowNs);
                    counters.increment(Counter.ORDERS_ACCEPTED);
                } catch (RefusedException e) {
                    counters.increment(Counter.ORDERS_REFUSED);
                }
            }
        }
    }

    @Override
    public synchronized void onConnected(Replies replies, long nowNs) {
        reportDue = true;
        everReported = false;
        doWork(replies, nowNs);
    }

    @Override
    public synchronized void doWork(Replies replies, long nowNs) {
        if (reportDue
                && (!everReported || nowNs - reportedNs >= REPORT_PAUSE_NS)
                && replies.publish("reported", sayings.reported(orders), true)) {
            reportDue = false;
            everReported = true;
            reportedNs = nowNs;
        }
        commands.doWork(replies, nowNs);
    }

    /** Returns what the unit is known to run with: with this a process begins. */
    public synchronized InForce begin() {
        reportDue = true;
        return orders.begin();
    }

    /** Returns whether the clinic wants something the unit does not run with. */
    public synchronized boolean waiting() {
        return orders.waiting();
    }

    /** Returns what the clinic wants, to begin with it now; null if that can't be: then {@link #begin}. */
    public synchronized @Nullable InForce apply() {
        reportDue = true;
        return orders.apply();
    }

    /**
     * Returns what the unit begins with where it does not start even with what worked before: its own file.
     *
     * @param reason for the clinic
     */
    public synchronized InForce ownFile(String reason) {
        reportDue = true;
        return orders.ownFile(reason);
    }

    /** Returns whether anything of the clinic's is in force. */
    public synchronized boolean ordered() {
        return orders.ordered();
    }

    /** The unit has run long enough with what it began with: that is what holds should a later order fail. */
    public synchronized void proven() {
        orders.proven();
    }

    /**
     * The unit did not start with what it began with, or did not stay up: what is new of it will not be begun with again.
     *
     * @param reason for the clinic
     */
    public synchronized void failed(String reason) {
        reportDue = true;
        orders.failed(reason);
    }
}

package dev.entrain.remote;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.Prescription;
import dev.entrain.config.ProgrammeFile;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The prescription and the settings: what is wanted, what the unit runs with, what it is known to run with, what was refused
 * last. What is kept is on the disk before it counts. Not thread-safe: {@link ClinicOrders} is.
 */
final class OrderDesk {
    /** So often an order may be begun with and the unit not stay up; once might be a battery that ended. */
    static final int MOST_TRIES = 2;

    /** The last refusal of a kind. */
    record Refused(long rev, Refusal refusal) {}

    /** Where an order stands. */
    enum State {
        /** The unit's own file holds. */
        NONE,
        /** Until the walk is over. */
        WAITING,
        /** The unit runs with it. */
        APPLIED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final AgentConfig file;
    private final @Nullable Prescription filePrescription;
    private final Trust trust;
    private final OrderShelf shelf;
    private final ToldRefusals refusals = new ToldRefusals();
    private final Kept[] kept = new Kept[OrderKind.VALUES.length];
    private final @Nullable Order[] running = new Order[OrderKind.VALUES.length];
    private final @Nullable Refused[] refused = new Refused[OrderKind.VALUES.length];

    OrderDesk(AgentConfig file, @Nullable Prescription filePrescription, Trust trust, OrderShelf shelf) {
        this.file = file;
        this.filePrescription = filePrescription;
        this.trust = trust;
        this.shelf = shelf;
        for (OrderKind kind : OrderKind.VALUES) {
            Kept found = shelf.kept(kind);
            kept[kind.ordinal()] = found;
            Kept.Failed failed = found.failed();
            if (failed != null) {
                refused[kind.ordinal()] = didNotStart(failed);
            }
        }
    }

    /** Takes a message; an empty one withdraws what was wanted. */
    void take(OrderKind kind, byte[] payload, long nowNs) throws RefusedException {
        try {
            Kept now = kept[kind.ordinal()];
            if (payload.length == 0) {
                if (now.wanted() != null) {
                    keep(kind, now.withdraw());
                    Logger.info("The clinic withdrew {} revision {}; {}", kind.leaf(), now.floorRev(), when());
                }
                refused[kind.ordinal()] = null;
                return;
            }
            Order order = Order.read(kind, payload, file.telemetry().unit(), trust);
            if (isNew(order, now)) {
                check(kind, order);
                keep(kind, now.accept(order));
                Logger.info("The clinic sent {} revision {}; {}", kind.leaf(), order.rev(), when());
            }
            refused[kind.ordinal()] = null;
        } catch (RefusedException e) {
            refused[kind.ordinal()] = new Refused(e.rev(), e.refusal());
            if (refusals.mayTell(e.refusal().code(), nowNs)) {
                Logger.warn(
                        "Refused {} of the clinic: {}", kind.leaf(), e.refusal().reason());
            }
            throw e;
        }
    }

    private String when() {
        return waiting() ? "it counts when nobody walks" : "the unit runs with it already";
    }

    private static boolean isNew(Order order, Kept now) throws RefusedException {
        if (order.rev() < now.floorRev()) {
            throw refuse(
                    order,
                    "old_revision",
                    "revision " + order.rev() + " is older than " + now.floorRev()
                            + ", which the unit had before; give a greater revision");
        }
        if (order.rev() > now.floorRev()) {
            return true;
        }
        if (now.floorSha256().isEmpty()) {
            // A broker that lost its last seconds, or somebody else, brings back what the clinic took back.
            throw refuse(order, "old_revision", "revision " + order.rev() + " was withdrawn; give a greater revision");
        }
        if (!order.sha256().equals(now.floorSha256())) {
            throw refuse(
                    order,
                    "revision_taken",
                    "revision " + order.rev() + " was another text before; give a greater revision");
        }
        Kept.Failed failed = now.failed();
        if (failed != null && failed.rev() == order.rev()) {
            throw new RefusedException(didNotStart(failed).refusal(), order.rev());
        }
        return !Kept.same(order, now.wanted());
    }

    private void check(OrderKind kind, Order order) throws RefusedException {
        try {
            merge(kind == OrderKind.RX ? order : null, kind == OrderKind.CFG ? order : null);
        } catch (ConfigException e) {
            throw refuse(order, "wrong_body", message(e));
        } catch (RuntimeException | StackOverflowError e) {
            // No reader of ours should; what it can't read is not accepted all the same.
            throw refuse(order, "wrong_body", "the text can't be read: " + e);
        }
    }

    private void keep(OrderKind kind, Kept now) throws RefusedException {
        try {
            shelf.keep(kind, now);
        } catch (IOException e) {
            throw new RefusedException(
                    new Refusal(
                            "not_stored",
                            Wording.plain("the unit's disk did not take it (" + e.getMessage()
                                    + "); free some space on the unit, then send it again")),
                    now.floorRev());
        }
        kept[kind.ordinal()] = now;
    }

    /** Returns what the unit is known to run with, for the start of the process. */
    InForce begin() {
        for (OrderKind kind : OrderKind.VALUES) {
            if (kept[kind.ordinal()].tries() >= MOST_TRIES) {
                change(kind, fail(kind, "the unit began with it " + MOST_TRIES + " times and did not stay up"));
            }
            running[kind.ordinal()] = kept[kind.ordinal()].good();
        }
        try {
            return merge(running[OrderKind.RX.ordinal()], running[OrderKind.CFG.ordinal()]);
        } catch (ConfigException | RuntimeException e) {
            // A newer version reads it more strictly, or somebody wrote into the file.
            Logger.warn(
                    "What the clinic ordered can't be used any more ({}); the unit's own file holds", e.getMessage());
            return ownFile(message(e));
        }
    }

    /** Returns the unit's own file, for where it does not even start with what is known to work; the reason is told. */
    InForce ownFile(String reason) {
        for (OrderKind kind : OrderKind.VALUES) {
            Order was = running[kind.ordinal()];
            if (was != null) {
                refused[kind.ordinal()] = new Refused(was.rev(), new Refusal("did_not_start", Wording.plain(reason)));
            }
            running[kind.ordinal()] = null;
        }
        return new InForce(file, filePrescription, 0);
    }

    /** Returns whether anything of the clinic's is in force. */
    boolean ordered() {
        boolean ordered = false;
        for (Order order : running) {
            ordered |= order != null;
        }
        return ordered;
    }

    /** Returns what the clinic wants, to begin with it now; null, and the reason told, if it can't be begun with. */
    @Nullable
    InForce apply() {
        for (OrderKind kind : OrderKind.VALUES) {
            if (!kept[kind.ordinal()].proven()) {
                change(kind, kept[kind.ordinal()].begin());
            }
            running[kind.ordinal()] = kept[kind.ordinal()].wanted();
        }
        try {
            return merge(running[OrderKind.RX.ordinal()], running[OrderKind.CFG.ordinal()]);
        } catch (ConfigException | RuntimeException e) {
            failed(message(e));
            return null;
        }
    }

    /** The unit has run long enough with what it runs with. */
    void proven() {
        for (OrderKind kind : OrderKind.VALUES) {
            Order now = running[kind.ordinal()];
            if (!Kept.same(now, kept[kind.ordinal()].good())) {
                change(kind, kept[kind.ordinal()].prove(now));
                Logger.info("The unit runs with {} revision {}", kind.leaf(), now == null ? "none" : now.rev());
            }
        }
    }

    /** What the unit runs with made it fail: whatever of it was not proven is not begun with again. */
    void failed(String reason) {
        for (OrderKind kind : OrderKind.VALUES) {
            Kept now = kept[kind.ordinal()];
            Order was = running[kind.ordinal()];
            if (!Kept.same(was, now.good()) && Kept.same(was, now.wanted())) {
                change(kind, fail(kind, reason));
            }
        }
    }

    private Kept fail(OrderKind kind, String reason) {
        Kept now = kept[kind.ordinal()].fail(Wording.plain(reason));
        Kept.Failed failed = now.failed();
        if (failed != null) {
            refused[kind.ordinal()] = didNotStart(failed);
            Logger.error(
                    "{} revision {} of the clinic did not start ({}); what held before holds again",
                    kind.leaf(),
                    failed.rev(),
                    reason);
        }
        return now;
    }

    private void change(OrderKind kind, Kept now) {
        kept[kind.ordinal()] = now;
        try {
            shelf.keep(kind, now);
        } catch (IOException e) {
            Logger.warn("The disk does not take what became of {}: {}; free some space", kind.leaf(), e.toString());
        }
    }

    private InForce merge(@Nullable Order rx, @Nullable Order cfg) throws ConfigException {
        AgentConfig config = file;
        Prescription prescription = filePrescription;
        if (cfg != null) {
            config = config.withSettings("settings revision " + cfg.rev(), cfg.body());
        }
        if (rx != null) {
            config = config.withProgrammeText(rx.body());
            prescription =
                    new Prescription(ProgrammeFile.of("prescription revision " + rx.rev(), rx.body()), rx.body());
        }
        return new InForce(config, prescription, rx == null ? 0 : rx.rev());
    }

    /** Returns whether the clinic wants something the unit does not run with. */
    boolean waiting() {
        boolean waits = false;
        for (OrderKind kind : OrderKind.VALUES) {
            waits |= state(kind) == State.WAITING;
        }
        return waits;
    }

    State state(OrderKind kind) {
        Order wanted = wanted(kind);
        if (!Kept.same(wanted, running[kind.ordinal()])) {
            return State.WAITING;
        }
        return wanted == null ? State.NONE : State.APPLIED;
    }

    @Nullable
    Order wanted(OrderKind kind) {
        return kept[kind.ordinal()].wanted();
    }

    @Nullable
    Refused refused(OrderKind kind) {
        return refused[kind.ordinal()];
    }

    private static Refused didNotStart(Kept.Failed failed) {
        return new Refused(failed.rev(), new Refusal("did_not_start", failed.reason()));
    }

    private static RefusedException refuse(Order order, String code, String reason) {
        return new RefusedException(new Refusal(code, Wording.plain(reason)), order.rev());
    }

    private static String message(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}

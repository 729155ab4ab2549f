package dev.entrain.remote;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.remote.UnitControl.Ask;
import dev.entrain.remote.UnitControl.Verdict;
import dev.entrain.telemetry.Inbound;
import dev.entrain.telemetry.Replies;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Commands: each is done once at most, within its life, and answered. Its number is on the disk before it is done, so that
 * nothing can be played again within a boot; a stop is asked first, because silence waits for no disk. Not thread-safe: {@link ClinicOrders} is.
 */
final class CommandDesk {
    static final int MOST_WAITING = 8;

    /** More answers than this are not kept: whoever floods a unit need not hear of every drop. */
    static final int MOST_ANSWERS = 16;

    /** The control thread answers within milliseconds, or something is wrong with it. */
    private static final long ASK_LIMIT_NS = 2_000_000_000L;

    private static final long NS_PER_S = 1_000_000_000L;

    /** A command and when its life ends. */
    private record Waiting(Command command, long untilNs) {}

    private final String unit;
    private final String boot;
    private final Trust trust;
    private final OrderShelf shelf;
    private final Sayings sayings;
    private final Supplier<List<String>> log;
    private final ToldRefusals refusals = new ToldRefusals();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ArrayDeque<byte[]> answers = new ArrayDeque<>();
    private Counters counters = new Counters();
    private @Nullable UnitControl control;
    private @Nullable Waiting asked;
    private @Nullable LogUpload upload;
    private long askedNs;
    private long newestId;
    private long answeredId;
    private byte[] lastAnswer = {};

    CommandDesk(String unit, String boot, Trust trust, OrderShelf shelf, Sayings sayings, Supplier<List<String>> log) {
        this.unit = unit;
        this.boot = boot;
        this.trust = trust;
        this.shelf = shelf;
        this.sayings = sayings;
        this.log = log;
        newestId = shelf.newestCommand(boot);
    }

    /** From now on this is asked, and counted with. */
    void attach(UnitControl newControl, Counters newCounters) {
        handOver();
        control = newControl;
        counters = newCounters;
    }

    /** What the unit before was asked and has not decided it never will: its control thread has ended. */
    private void handOver() {
        Waiting open = asked;
        UnitControl before = control;
        if (open == null || before == null) {
            return;
        }
        asked = null;
        Verdict verdict = before.verdict();
        before.takeBack();
        if (verdict != null) {
            answer(open.command(), verdict);
        } else if (open.command().name() == Command.Name.STOP) {
            waiting.addFirst(open); // The next one is asked.
        } else {
            answer(open.command(), "refused", new Refusal("not_ready", "the unit has just started; ask again"));
        }
    }

    /** Takes a message. */
    void take(byte[] payload, long expiryS, boolean retained, long nowNs) {
        if (payload.length == 0) {
            return; // Somebody cleared a retained message.
        }
        Fields fields = null;
        try {
            fields = Fields.read(payload, Command.MOST_BYTES);
            Command command = Command.read(fields, unit, boot, trust);
            if (isNew(command, expiryS, retained)) {
                Waiting order = new Waiting(command, nowNs + expiryS * NS_PER_S);
                if (command.name() == Command.Name.STOP) {
                    // Silence waits for no disk: at worst a stop is done twice.
                    newestId = command.id();
                    enqueue(order);
                    performNext(nowNs);
                    keep(command);
                } else {
                    keep(command);
                    enqueue(order);
                }
            }
        } catch (RefusedException e) {
            if (refusals.mayTell(e.refusal().code(), nowNs)) {
                Logger.warn("Refused a command of the clinic: {}", e.refusal().reason());
            }
            long id = fields == null ? 0 : fields.wholeIfThere("id");
            String word = fields == null ? null : fields.wordIfThere("command");
            counters.increment(Counter.COMMANDS_REFUSED);
            boolean expired = e.refusal().code().equals("expired");
            say(sayings.answer(id, word, expired ? "expired" : "refused", e.refusal()));
        }
    }

    private boolean isNew(Command command, long expiryS, boolean retained) throws RefusedException {
        if (retained) {
            throw new RefusedException("retained", "a command may not be retained; publish it without");
        }
        if (expiryS == Inbound.NEVER) {
            throw new RefusedException(
                    "no_expiry", "it has no message expiry; give it one of at most " + Command.MOST_LIFE_S + " s");
        }
        if (expiryS > Command.MOST_LIFE_S) {
            throw new RefusedException(
                    "expiry_too_long",
                    "its message expiry is " + expiryS + " s; give it at most " + Command.MOST_LIFE_S + " s");
        }
        if (expiryS <= 0) {
            throw new RefusedException("expired", "it came too late; ask again");
        }
        if (command.id() == newestId && command.id() == answeredId) {
            say(lastAnswer); // The broker brought it twice: it is answered twice and done once.
            return false;
        }
        if (isOpen(command.id())) {
            return false; // The broker brought it twice before it was done: its one answer is to come.
        }
        if (command.id() <= newestId) {
            throw new RefusedException(
                    "old_id",
                    "id " + command.id() + " is not greater than " + newestId + ", which the unit had before");
        }
        if (waiting.size() >= MOST_WAITING && command.name() != Command.Name.STOP) {
            throw new RefusedException("too_many", "too many commands wait; ask again in a few seconds");
        }
        return true;
    }

    /** Whether a command was taken and is not answered yet. */
    private boolean isOpen(long id) {
        Waiting open = asked;
        LogUpload sending = upload;
        return (open != null && open.command().id() == id)
                || (sending != null && sending.id() == id)
                || waiting.stream().anyMatch(order -> order.command().id() == id);
    }

    private void keep(Command command) throws RefusedException {
        try {
            shelf.keepCommand(boot, command.id());
        } catch (IOException e) {
            // Silence may never depend on a disk; the number then holds in memory.
            if (command.name() != Command.Name.STOP) {
                throw new RefusedException(
                        "not_stored", "the unit's disk is full or broken; free some space on the unit, then ask again");
            }
        }
        newestId = command.id();
    }

    private void enqueue(Waiting order) {
        Logger.info("The clinic asks: {}", order.command().name().word());
        if (order.command().name() != Command.Name.STOP) {
            waiting.addLast(order);
            return;
        }
        // Whatever waits to begin must not begin behind a stop.
        UnitControl asks = control;
        Waiting before = asked;
        if (before != null && before.command().name() != Command.Name.STOP && asks != null && asks.takeBack()) {
            asked = null;
            waiting.addFirst(before);
        }
        for (Waiting other = waiting.pollFirst(); other != null; other = waiting.pollFirst()) { // At most 9.
            answer(other.command(), "refused", new Refusal("stopped", "a stop came before it was done; ask again"));
        }
        waiting.addFirst(order);
    }

    /** One round: decides, answers, sends. */
    void doWork(Replies replies, long nowNs) {
        hear(nowNs);
        performNext(nowNs);
        for (int i = 0; i < MOST_ANSWERS && !answers.isEmpty(); i++) {
            if (!replies.publish("answer", answers.peekFirst(), false)) {
                return;
            }
            answers.removeFirst();
        }
        LogUpload sending = upload;
        if (sending != null && sending.send(sayings, part -> replies.publish("log", part, false))) {
            upload = null;
            answer(new Command(sending.id(), Command.Name.SEND_LOGS), "done", null);
        }
    }

    private void performNext(long nowNs) {
        if (asked == null) {
            Waiting next = waiting.pollFirst();
            if (next != null) {
                perform(next, nowNs);
            }
        }
    }

    private void perform(Waiting next, long nowNs) {
        Command command = next.command();
        UnitControl asks = control;
        if (nowNs - next.untilNs() > 0) {
            answer(command, "expired", new Refusal("expired", "other commands took too long; ask again"));
        } else if (command.name() == Command.Name.SEND_LOGS) {
            if (upload == null) {
                upload = new LogUpload(command.id(), log.get());
            } else {
                answer(command, "refused", new Refusal("busy", "the log is being sent already"));
            }
        } else if (asks == null) {
            answer(command, "refused", new Refusal("not_ready", "the unit has just started; ask again"));
        } else {
            asked = next;
            askedNs = nowNs;
            asks.ask(
                    switch (command.name()) {
                        case IDENTIFY -> Ask.IDENTIFY;
                        case START -> Ask.START;
                        case STOP, SEND_LOGS -> Ask.STOP;
                    });
        }
    }

    private void hear(long nowNs) {
        Waiting open = asked;
        UnitControl asks = control;
        if (open == null || asks == null) {
            return;
        }
        Verdict verdict = asks.verdict();
        if (verdict != null) {
            asked = null;
            answer(open.command(), verdict);
        } else if (nowNs - askedNs > ASK_LIMIT_NS && asks.takeBack()) {
            asked = null;
            answer(
                    open.command(),
                    "refused",
                    new Refusal("no_answer", "the unit did not do it within 2 s and will not; look after the unit"));
        }
    }

    private void answer(Command command, Verdict verdict) {
        answer(command, verdict == Verdict.DONE ? "done" : "refused", verdict.refusal());
    }

    private void answer(Command command, String result, @Nullable Refusal refusal) {
        counters.increment(refusal == null ? Counter.COMMANDS_DONE : Counter.COMMANDS_REFUSED);
        byte[] answer = sayings.answer(command.id(), command.name().word(), result, refusal);
        if (command.id() == newestId) {
            answeredId = command.id();
            lastAnswer = answer;
        }
        say(answer);
    }

    private void say(byte[] answer) {
        if (answers.size() >= MOST_ANSWERS) {
            counters.increment(Counter.ANSWERS_DROPPED);
        } else {
            answers.addLast(answer);
        }
    }
}

package dev.entrain.session;

/**
 * The tasks of an exercise in turn, each after some walking: stand and walk on, turn round, find a beat that was moved. Not
 * thread-safe; realtime-safe.
 */
final class ExerciseTasks {
    /** What is to be done now. */
    enum Order {
        NONE,
        /** Ask the patient to stop; no beats. */
        STAND,
        /** Ask him to walk; beats come back. */
        WALK,
        /** Ask him to turn. */
        TURN,
        /** Change tempo for a moment. */
        SHIFT,
        /** Take the tempo of before again. */
        UNSHIFT
    }

    private static final Order[] TASKS = {Order.STAND, Order.TURN, Order.SHIFT};

    private final Block.Exercise block;
    private Order task = Order.NONE;
    private double untilS;
    private int next;
    private double shiftS;

    ExerciseTasks(Block.Exercise block) {
        this.block = block;
    }

    /** Begins with walking, or goes on with it, at the block's time; the turn of tasks goes on where it was. */
    void begin(double blockS, double spm) {
        shiftS = peakPct(spm);
        walkFrom(blockS);
    }

    private void walkFrom(double blockS) {
        task = Order.NONE;
        untilS = blockS + block.walkS();
    }

    /** Returns whether the patient was asked to stand. */
    boolean standing() {
        return task == Order.STAND;
    }

    /**
     * Returns by how much tempo is changed to move the beat by the prescribed share of a period, %.
     *
     * <p>Tempo rises to p % at 1 % a second and falls again as fast: a triangle of p seconds up and p down moves the beat by
     * {@code f p^2 / 100} periods, f beats a second, so {@code p = sqrt(shiftPct / f)}.
     */
    double peakPct(double spm) {
        return Math.sqrt(block.shiftPct() * 60 / spm);
    }

    /** Returns what is to be done at a time of the block, s. */
    Order advance(double blockS) {
        if (blockS < untilS) {
            return Order.NONE;
        }
        if (task == Order.STAND || task == Order.SHIFT) {
            Order over = task == Order.STAND ? Order.WALK : Order.UNSHIFT;
            walkFrom(blockS);
            return over;
        }
        for (int i = 0; i < TASKS.length; i++) {
            Order candidate = TASKS[next];
            next = (next + 1) % TASKS.length;
            // Nobody is left standing by the end of the block: what is begun is finished and walked on from.
            if (prescribed(candidate) && blockS + lastsS(candidate) + block.walkS() <= block.durationS()) {
                return start(candidate, blockS);
            }
        }
        untilS = Double.POSITIVE_INFINITY;
        return Order.NONE;
    }

    private Order start(Order order, double blockS) {
        if (order == Order.TURN) {
            walkFrom(blockS);
            return order;
        }
        task = order;
        untilS = blockS + lastsS(order);
        return order;
    }

    private double lastsS(Order order) {
        return switch (order) {
            case STAND -> block.standS();
            case SHIFT -> shiftS;
            default -> 0;
        };
    }

    private boolean prescribed(Order order) {
        return switch (order) {
            case STAND -> block.standS() > 0;
            case TURN -> block.turns();
            // NaN, where no tempo is known, is none.
            default -> shiftS > 0;
        };
    }
}

package dev.entrain.clinic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves by hand. */
public final class HandClock implements InstantSource {
    private final AtomicReference<Instant> now;

    /** Starts at a moment. */
    public HandClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        now.updateAndGet(time -> time.plus(duration));
    }
}

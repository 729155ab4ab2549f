package dev.entrain.device;

import dev.entrain.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/**
 * The unit's own battery, watched by a thread of its own, because a bus that hangs holds up whoever asks. {@link #state} is for
 * any thread.
 */
public final class UnitBattery implements Runnable, AutoCloseable {
    /** The gauge's charge and voltage change within seconds, its rate within minutes; seven readings decide, 35 s. */
    static final long LOOK_NS = 5_000_000_000L;

    private static final Duration END = Duration.ofSeconds(2);

    private final BatteryGauge gauge;
    private final BatteryPolicy policy;
    private final NanoClock clock;
    private final Thread thread;
    private boolean told;
    private volatile BatteryState state = BatteryState.NOT_READ;
    private volatile boolean stopping;

    /** Makes it; {@link #start} sets the thread working. */
    public UnitBattery(BatteryGauge gauge, BatteryPolicy policy, NanoClock clock) {
        this.gauge = gauge;
        this.policy = policy;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("entrain-battery").unstarted(this);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Any thread: returns what is believed of the battery. */
    public BatteryState state() {
        return state;
    }

    @Override
    public void run() {
        while (!stopping) {
            look(clock.nowNs());
            LockSupport.parkNanos(this, LOOK_NS);
        }
        gauge.close();
    }

    /** One look without waiting: for {@link #run}, and for tests that move time by hand. */
    public void look(long nowNs) {
        BatteryReading reading = gauge.read();
        String trouble = gauge.trouble();
        if (reading != null && !policy.take(reading, nowNs)) {
            trouble = String.format(
                    "The battery's fuel gauge says what cannot be: %.0f %% at %.2f V; check the cell and its contacts",
                    reading.chargePct(), reading.volts());
        }
        tell(trouble);
        state = policy.state(nowNs, trouble);
    }

    private void tell(String trouble) {
        boolean well = trouble.isEmpty();
        if (told == well) {
            told = !well;
            if (well) {
                Logger.info("The battery's fuel gauge answers again");
            } else {
                Logger.warn("{}. The unit goes on without knowing its charge.", trouble);
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive() && !thread.join(END)) {
                Logger.warn("The battery's fuel gauge did not end within {} s", END.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

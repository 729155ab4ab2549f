package dev.entrain.agent;

import dev.entrain.journal.LiveState;
import dev.entrain.protocol.DeviceFault;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.SensorPort;
import dev.entrain.sensor.SensorState;
import java.util.List;

/**
 * Decides when the walker is told that an insole's battery is low: when the insole says so itself (PROTOCOL.md: about half
 * an hour is left) or its charge falls to {@value #LOW_PERCENT} %, and again every {@value #REPEAT_MINUTES} minutes for as
 * long as it is low and worn. It is low until the insole no longer says so and has {@value #GOOD_PERCENT} %, because the
 * charge read off a voltage moves with the load. For the control thread; realtime-safe.
 */
final class BatteryWatch {
    static final int LOW_PERCENT = 15;
    static final int GOOD_PERCENT = 25;
    static final int REPEAT_MINUTES = 10;

    private static final long REPEAT_NS = REPEAT_MINUTES * 60_000_000_000L;

    private final SensorPort[] ports;
    private final LiveStatus status;
    private final boolean[] low;
    private boolean everSaid;
    private long saidNs;

    BatteryWatch(List<SensorPort> ports, LiveStatus status) {
        this.ports = ports.toArray(new SensorPort[0]);
        this.status = status;
        low = new boolean[ports.size()];
    }

    /** Returns whether to tell the walker now; call about once a second. */
    boolean look(long nowNs) {
        boolean anyLow = false;
        for (int i = 0; i < ports.length; i++) {
            SensorPort port = ports[i];
            DeviceStatus said = port.status();
            Foot foot = port.foot();
            // An insole that is away said what it said some time ago.
            if (said != null && foot != null && port.state() == SensorState.FLOWING) {
                low[i] = isLow(said, low[i]);
                status.lowBatteryPercent(foot, low[i] ? said.batteryPercent() : LiveStatus.CHARGED);
                anyLow |= low[i];
            }
        }
        if (!anyLow || (everSaid && nowNs - saidNs < REPEAT_NS)) {
            return false;
        }
        everSaid = true;
        saidNs = nowNs;
        return true;
    }

    /** Adds each insole's charge, as it said lately. */
    void describe(LiveState state) {
        for (int i = 0; i < ports.length; i++) {
            DeviceStatus said = ports[i].status();
            Foot foot = ports[i].foot();
            if (said != null && foot != null && said.batteryPercent() >= 0) {
                state.foot(foot).batteryPercent = Math.min(said.batteryPercent(), 100);
            }
        }
    }

    private static boolean isLow(DeviceStatus said, boolean wasLow) {
        if ((said.faults() & DeviceFault.BATTERY_LOW.mask()) != 0) {
            return true;
        }
        int percent = said.batteryPercent();
        return percent >= 0 && (percent <= LOW_PERCENT || (wasLow && percent < GOOD_PERCENT));
    }
}

package dev.entrain.agent;

import dev.entrain.bus.GpioLines;
import dev.entrain.bus.I2cBuses;
import dev.entrain.cue.Prompt;
import dev.entrain.device.BatteryGauge;
import dev.entrain.device.BatteryPolicy;
import dev.entrain.device.BatteryState;
import dev.entrain.device.BoardConfig;
import dev.entrain.device.GpioButton;
import dev.entrain.device.LightPattern;
import dev.entrain.device.StatusLight;
import dev.entrain.device.UnitBattery;
import dev.entrain.session.SessionEngine;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Buttons, light and battery of the unit, for one agent after another. What is configured and can't be used is told once, to
 * the log and the clinic, and the walk goes on without. {@link #look} is for one thread; edges of the button arrive on the
 * adapter's.
 */
public final class Board implements AutoCloseable {
    /** "Battery low. All done. Well done" takes some 4 s. */
    private static final long LAST_WORDS_NS = 6_000_000_000L;

    /** Waited for at most until a session that an empty battery ended is on the disk. */
    private static final long LONGEST_END_NS = 20_000_000_000L;

    private final GpioLines lines;
    private final @Nullable StatusLight light;
    private final @Nullable UnitBattery battery;
    private final LightRules rules = new LightRules();
    private final MusicKey musicKey = new MusicKey(this::anotherSong, this::likeSong);
    private final String buttonTrouble;
    private final String musicTrouble;
    private final String lightTrouble;
    private volatile @Nullable LiveAgent worn;
    private long wordsSeen;
    private boolean low;
    private boolean ending;
    private boolean spent;
    private long endingNs;

    /**
     * Takes what is wired; the button counts from the first {@link #look} on.
     *
     * @param config what is wired
     * @param lines closed with this
     * @param buses where the fuel gauge is
     */
    public Board(BoardConfig config, GpioLines lines, I2cBuses buses, NanoClock clock) {
        this.lines = lines;
        buttonTrouble = button("button", config.buttonLine(), this::edge);
        musicTrouble = button("music button", config.musicLine(), musicKey::edge);
        StatusLight lamp = null;
        String trouble = "";
        if (config.lightLine() != BoardConfig.NONE) {
            try {
                lamp = new StatusLight(lines.output(config.lightLine()), clock);
                lamp.start();
            } catch (IOException e) {
                trouble = "The status light can't be used: " + e.getMessage();
                Logger.warn("{}", trouble);
            }
        }
        light = lamp;
        lightTrouble = trouble;
        Path bus = config.batteryBus();
        battery = bus == null
                ? null
                : new UnitBattery(
                        new BatteryGauge(buses, bus, config.shutdownPct()),
                        new BatteryPolicy(config.shutdownPct()),
                        clock);
        if (battery != null) {
            battery.start();
        }
    }

    private String button(String name, int line, GpioButton.Listener listener) {
        if (line == BoardConfig.NONE) {
            return "";
        }
        try {
            GpioButton.listen(lines, line, listener);
            return "";
        } catch (IOException e) {
            String trouble = "The " + name + " can't be used: " + e.getMessage();
            Logger.error("{}", trouble);
            return trouble;
        }
    }

    private void anotherSong() {
        LiveAgent agent = worn;
        if (agent != null) {
            agent.anotherSong();
        }
    }

    private void likeSong() {
        LiveAgent agent = worn;
        if (agent != null) {
            agent.likeSong();
        }
    }

    private void edge(boolean down, long timeNs) {
        LiveAgent agent = worn;
        if (agent != null) {
            agent.button().edge(down, timeNs);
        }
    }

    /** Returns whether an empty battery has ended the walk. */
    public boolean spent() {
        return spent;
    }

    /** Returns what the light shows; null without a light. */
    public @Nullable LightPattern shows() {
        return light == null ? null : light.pattern();
    }

    /**
     * Looks after the board; call about twice a second with the agent that lives now.
     *
     * @return whether an empty battery has ended the walk ({@link #spent}): close the agent, then have the power cut
     */
    public boolean look(LiveAgent agent, long nowNs) {
        return look(agent, battery == null ? BatteryState.NOT_READ : battery.state(), nowNs);
    }

    /** Like the other, with what is believed of the battery. */
    boolean look(LiveAgent agent, BatteryState power, long nowNs) {
        if (worn != agent) {
            worn = agent;
            wordsSeen = 0;
            tellTroubles(agent);
        }
        lookAtBattery(agent, power);
        spent |= power.empty() && end(agent, power, nowNs);
        lookForIdentify(agent.status().session(), nowNs);
        if (light != null) {
            light.show(rules.choose(
                    new LightRules.View(ending, power.low(), agent.sensorsFlow(), underway(agent), agent.failing()),
                    nowNs));
        }
        return spent;
    }

    private void tellTroubles(LiveAgent agent) {
        if (!buttonTrouble.isEmpty()) {
            agent.fault("button", true, buttonTrouble);
        }
        if (!musicTrouble.isEmpty()) {
            agent.fault("music_button", true, musicTrouble);
        }
        if (!lightTrouble.isEmpty()) {
            agent.fault("light", true, lightTrouble);
        }
    }

    private void lookAtBattery(LiveAgent agent, BatteryState power) {
        if (!power.known() && power.trouble().isEmpty()) {
            return; // No gauge, or its first readings.
        }
        agent.battery(power);
        agent.fault(
                "battery_gauge",
                !power.trouble().isEmpty(),
                power.trouble().isEmpty() ? "The battery's fuel gauge answers again." : power.trouble());
        agent.fault(
                "battery_low",
                power.low(),
                power.low()
                        ? "The unit's battery is low (" + power.percent() + " %); charge it after this walk."
                        : "The unit's battery is no longer known to be low.");
        if (power.low() == low || power.empty()) {
            return; // The end has words of its own.
        }
        low = power.low();
        if (low) {
            Logger.warn("The unit's battery is low ({} %); charge it after this walk", power.percent());
            agent.say(Prompt.BATTERY_LOW);
        } else {
            Logger.info("The unit's battery is no longer low");
        }
    }

    /** Ends what goes on; returns whether it has ended, or took too long. */
    private boolean end(LiveAgent agent, BatteryState power, long nowNs) {
        if (!ending) {
            ending = true;
            endingNs = nowNs;
            Logger.warn(
                    "The unit's battery is empty ({} %, {} V): what goes on ends now and is saved",
                    power.percent(), String.format(Locale.ROOT, "%.2f", power.volts()));
            if (agent.status().session().mode() == null) {
                agent.say(Prompt.BATTERY_LOW); // A programme's end says so itself.
            }
        }
        agent.endForBattery(); // Again and again: an agent may just have followed another.
        agent.fault("battery_empty", true, "The unit's battery is empty; it saves and switches itself off.");
        long sinceNs = nowNs - endingNs;
        return sinceNs >= LONGEST_END_NS || (sinceNs >= LAST_WORDS_NS && saved(agent));
    }

    private static boolean saved(LiveAgent agent) {
        SessionEngine.Mode mode = agent.status().session().mode();
        return mode == null || mode == SessionEngine.Mode.WAITING || agent.sessionOver();
    }

    private static boolean underway(LiveAgent agent) {
        SessionEngine.Mode mode = agent.status().session().mode();
        return mode == null ? agent.status().walking() : mode == SessionEngine.Mode.RUNNING;
    }

    private void lookForIdentify(SessionStatus session, long nowNs) {
        long count = session.saidCount();
        for (; wordsSeen < count; wordsSeen++) { // A few at most.
            if (session.said(wordsSeen) == Prompt.HERE_I_AM) {
                rules.identify(nowNs);
            }
        }
    }

    /** The light goes dark; the button is not heard any more. */
    @Override
    public void close() {
        worn = null;
        if (battery != null) {
            battery.close();
        }
        if (light != null) {
            light.close();
        }
        lines.close();
    }
}

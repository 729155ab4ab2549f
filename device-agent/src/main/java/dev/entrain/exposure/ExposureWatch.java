package dev.entrain.exposure;

import dev.entrain.audio.LevelSetting;
import dev.entrain.audio.SoundLevel;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/**
 * The body of the housekeeping thread for the ears: once a second it counts what was rendered, tells and lowers by rule, and
 * every 10 s keeps the dose on disk. A kill or a power cut loses at most 11 s of it. A disk that is full or gone costs
 * nothing but that: the dose goes on in memory and a warning says so.
 *
 * <p>On headphones nobody calibrated the dose is not known. It is then counted as if they were as loud as
 * {@value #ASSUMED_FULL_SCALE_DB_SPL} dB SPL at full scale, kept apart as an upper bound, and the rule goes by that. The same
 * number stands for a dose that was lost with a damaged file: 100 %.
 */
public final class ExposureWatch implements Runnable {
    /**
     * A full-scale sine on headphones nobody calibrated, dB SPL. Wide-band headphones that keep to EN 50332-2 give at most
     * 94 dB at 75 mV, which is 116.5 dB SPL at 1 V; at 1.5 V, more than a headphone output of a small computer gives, 120.
     */
    public static final double ASSUMED_FULL_SCALE_DB_SPL = 120;

    /** What is taken as heard where it is not known, percent. */
    static final double LOST_PERCENT = 100;

    /** So little is not known that the dose may be told all the same, percent. */
    static final double TRIFLE_PERCENT = 1;

    private static final long LOOK_NS = 1_000_000_000L;
    private static final long KEEP_NS = 10_000_000_000L;

    /** After so long without any sound nobody walks with cues, ns. */
    static final long QUIET_NS = 600_000_000_000L;

    /** What a filter rings on in silence is less, full-scale sine seconds. */
    private static final double SILENCE_S = 1e-13;

    private final SoundLevel level;
    private final LevelSetting setting;
    private final NanoClock clock;
    private final WallClock wall;
    private final String bootId;
    private final Runnable onLowered;
    private final Thread thread = Thread.ofPlatform().name("entrain-exposure").unstarted(this);

    private final DoseFile file;
    private final DoseLedger ledger;
    private final LevelRule rule;
    private final boolean calibrated;
    private final double equalSPerUnit;
    private double countedS;
    private long passedNs;
    private long keptNs;
    private long soundNs;
    private boolean unkept;
    private boolean refused;
    private volatile ExposureState state;
    private volatile boolean stopping;

    /**
     * Reads what was kept and lowers the sound to where the rule had it; do this before anything sounds.
     *
     * @param stateDir folder of the unit's own state
     * @param level what the audio thread renders
     * @param setting the level of the cues and what is known of the headphones
     * @param clock CLOCK_MONOTONIC, counted from the boot of the host
     * @param wall civil time
     * @param bootId this boot of the host
     * @param onLowered called when a further 100 % is reached: the walker has to be told
     */
    public ExposureWatch(
            Path stateDir,
            SoundLevel level,
            LevelSetting setting,
            NanoClock clock,
            WallClock wall,
            String bootId,
            Runnable onLowered) {
        this.level = level;
        this.setting = setting;
        this.clock = clock;
        this.wall = wall;
        this.bootId = bootId;
        this.onLowered = onLowered;
        file = new DoseFile(stateDir);
        calibrated = setting.audio().loudness().calibrated();
        equalSPerUnit = SoundDose.equalS(
                calibrated ? setting.audio().loudness().fullScaleDbSpl() : ASSUMED_FULL_SCALE_DB_SPL, 1);
        long nowNs = clock.nowNs();
        passedNs = nowNs;
        keptNs = nowNs;
        soundNs = nowNs;
        DoseFile.Kept kept = kept(nowNs);
        ledger = kept.ledger();
        rule = new LevelRule(kept.reached());
        rule.releases(mostPercent());
        level.attenuate(rule.attenuationDb());
        state = describe();
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Counts and keeps the last of it and ends; call when nothing sounds any more. */
    public void stop(Duration longest) {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive() && !thread.join(longest)) {
                Logger.warn("The disk was too slow for the last of the sound dose; up to 11 s of it are not kept.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how things stand, not older than 1 s. Thread-safe. */
    public ExposureState state() {
        return state;
    }

    @Override
    public void run() {
        while (!stopping) {
            look(clock.nowNs());
            LockSupport.parkNanos(this, LOOK_NS);
        }
        look(clock.nowNs());
        keep(clock.nowNs());
    }

    /** Looks once. */
    void look(long nowNs) {
        ledger.pass(wallS(), (nowNs - passedNs) * 1e-9, false);
        passedNs = nowNs;
        count(nowNs);
        double percent = mostPercent();
        if (rule.reaches(percent)) {
            unkept = true;
            Logger.warn(
                    "The sound dose of the last 7 days has reached {} % of what is allowed{}. All sound is now {} dB"
                            + " softer than set; let the ears rest, and lower the level.",
                    rule.reached() * 100,
                    calibrated ? "" : " (at most, for the headphones are not calibrated)",
                    rule.attenuationDb());
            onLowered.run();
        } else if (nowNs - soundNs >= QUIET_NS && rule.releases(percent)) {
            unkept = true;
            soundNs = nowNs; // The next step wants its own quiet.
            Logger.info("The sound dose has fallen; all sound is {} dB softer than set.", rule.attenuationDb());
        }
        level.attenuate(rule.attenuationDb());
        if (unkept && nowNs - keptNs >= KEEP_NS) {
            keep(nowNs);
        }
        state = describe();
    }

    private void count(long nowNs) {
        double totalS = level.exposureS();
        double newS = totalS - countedS;
        countedS = totalS;
        if (newS > SILENCE_S) {
            double equalS = newS * equalSPerUnit;
            ledger.add(calibrated ? equalS : 0, calibrated ? 0 : equalS);
            soundNs = nowNs;
            unkept = true;
        }
    }

    private void keep(long nowNs) {
        keptNs = nowNs;
        try {
            file.write(new DoseFile.Kept(ledger, rule.reached(), bootId, nowNs));
            unkept = false;
            if (refused) {
                Logger.info("The sound dose is kept in {} again.", file.path());
            }
            refused = false;
        } catch (IOException e) {
            if (!refused) {
                Logger.warn(
                        "The sound dose cannot be kept in {} ({}); it goes on in memory and is lost when the agent ends."
                                + " Free some disk space or correct state_dir.",
                        file.path(),
                        reason(e));
            }
            refused = true;
        }
    }

    /** Returns what was kept, with the time since then passed. */
    private DoseFile.Kept kept(long nowNs) {
        DoseFile.Kept kept;
        try {
            kept = file.read();
        } catch (NoSuchFileException e) {
            kept = new DoseFile.Kept(new DoseLedger(), 0, bootId, nowNs);
        } catch (IOException e) {
            kept = lost(e, nowNs);
        }
        boolean sameBoot = kept.bootId().equals(bootId);
        // After a boot at least the time since then has passed.
        double elapsedS = (sameBoot ? nowNs - kept.monotonicNs() : nowNs) * 1e-9;
        kept.ledger().pass(wallS(), elapsedS, !sameBoot);
        return kept;
    }

    private DoseFile.Kept lost(IOException fault, long nowNs) {
        String aside;
        try {
            aside = "set aside as " + file.setAside();
        } catch (IOException e) {
            aside = "left where it is";
        }
        Logger.warn(
                "The sound dose in {} cannot be read ({}); it is {}. The week counts as {} % heard until it has passed.",
                file.path(), reason(fault), aside, (int) LOST_PERCENT);
        unkept = true;
        DoseLedger ledger = new DoseLedger();
        ledger.pass(wallS(), 0, true);
        ledger.add(0, LOST_PERCENT / 100 * SoundDose.FULL_S);
        return new DoseFile.Kept(ledger, 0, bootId, nowNs);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private double mostPercent() {
        return SoundDose.percent(ledger.knownS() + ledger.assumedS());
    }

    private ExposureState describe() {
        double most = mostPercent();
        boolean known = SoundDose.percent(ledger.assumedS()) < TRIFLE_PERCENT;
        double lowered = level.attenuationDb();
        return new ExposureState(known ? most : Double.NaN, most, setting.beatDbSpl() - lowered, lowered);
    }

    private double wallS() {
        return wall.now().toEpochMilli() * 1e-3;
    }
}

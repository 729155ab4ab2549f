package dev.entrain.report;

import dev.entrain.cue.CueConfig;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionData.BlockSpan;
import dev.entrain.outcome.SessionData.Cue;
import dev.entrain.outcome.SessionData.Event;
import dev.entrain.outcome.SessionData.Freeze;
import dev.entrain.outcome.SessionData.Step;
import dev.entrain.outcome.SessionData.Stride;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.Songs;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Made-up sessions of a man who walks with a limp: a seed is a session. */
public final class Sessions {
    private static final Instant FIRST = Instant.parse("2026-10-05T14:30:00Z");
    private static final double[] ENDS_S = {70, 250, 610, 850, 970, 1030};
    private static final Block.Kind[] KINDS = {
        Block.Kind.BASELINE,
        Block.Kind.MATCH,
        Block.Kind.PROGRESS,
        Block.Kind.EXERCISE,
        Block.Kind.FADE,
        Block.Kind.RETENTION
    };

    /** What was prescribed: 13 cued minutes three times a week. */
    public static final Programme PROGRAMME = new Programme(
            "ras",
            "Rhythm after stroke",
            Condition.STROKE,
            1800,
            3,
            new Programme.Tempo(0, 2, 10, 0, 0),
            new Programme.Freezing(true, -5, 8),
            List.of(new Block.Free(780, CueConfig.DEFAULT)));

    private final Random random;
    private final double c0;
    private final List<BlockSpan> blocks = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Cue> cues = new ArrayList<>();
    private final List<Stride> strides = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    private Sessions(long seed) {
        random = new Random(seed);
        c0 = 92 + 0.6 * seed + random.nextGaussian();
    }

    /** The facts of a session. */
    public static SessionData data(long seed) {
        return new Sessions(seed).walk(seed);
    }

    /** A report of the last of several sessions, two or three a week. */
    public static SessionReport report(int sessions) {
        List<SessionSummary> all = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            all.add(SessionSummaries.of(data(i)));
        }
        return SessionReport.of(data(sessions - 1), all.getLast(), all, PROGRAMME, "u-7f3a", ZoneOffset.UTC);
    }

    /** A session of a programme of any name. */
    public static SessionData named(String programme) {
        return with(data(4), "s-named", programme, false, data(4).steps());
    }

    /** A session of a simulated patient. */
    public static SessionData simulated() {
        return with(data(5), "s-simulated", "ras", true, data(5).steps());
    }

    /** A report of a session in which the walker was slower with cues. */
    public static SessionReport slowed() {
        SessionData data = data(3);
        List<Step> slow = new ArrayList<>();
        double late = 0;
        for (int i = 0; i < data.steps().size(); i++) {
            Step step = data.steps().get(i);
            late += step.timeS() > ENDS_S[0] && step.timeS() < ENDS_S[3] && i % 2 == 0 ? 0.12 : 0;
            slow.add(new Step(round(step.timeS() + late), step.foot(), step.confidence()));
        }
        List<Step> kept = slow.stream().filter(step -> step.timeS() < ENDS_S[5]).toList();
        SessionData other = with(data, data.id(), "ras", false, kept);
        SessionData facts = new SessionData(
                other.id(),
                other.programme(),
                other.condition(),
                other.startedUtc(),
                other.baselineSpm(),
                false,
                other.blocks(),
                other.steps(),
                other.cues(),
                List.of(),
                other.freezes(),
                other.events(),
                other.songs());
        SessionSummary summary = SessionSummaries.of(facts);
        return SessionReport.of(facts, summary, List.of(summary), PROGRAMME, "", ZoneOffset.UTC);
    }

    /** A report of a session with music, one of its songs with a name to beware of. */
    public static SessionReport music() {
        SessionData data = Songs.in(
                data(3),
                List.of(
                        Songs.song(72, 250, Songs.HASH, "<b>Kettle</b> & march, the very long version of 1921"),
                        Songs.song(250, 610, "fedcba9876543210", null),
                        Songs.song(1000, 1004, Songs.HASH, "歩く")));
        SessionSummary summary = SessionSummaries.of(data);
        return SessionReport.of(data, summary, List.of(summary), PROGRAMME, "", ZoneOffset.UTC);
    }

    /** The facts of a session without a freeze. */
    public static SessionData steady(long seed) {
        return freezing(data(seed), List.of());
    }

    /** A report of a session that ended in a freeze. */
    public static SessionReport frozenToTheEnd() {
        SessionData facts = freezing(data(6), List.of(new Freeze(1020, 1020.8, Double.NaN)));
        SessionSummary summary = SessionSummaries.of(facts);
        return SessionReport.of(facts, summary, List.of(summary), null, "", ZoneOffset.UTC);
    }

    private static SessionData freezing(SessionData data, List<Freeze> freezes) {
        return new SessionData(
                data.id(),
                data.programme(),
                data.condition(),
                data.startedUtc(),
                data.baselineSpm(),
                data.simulated(),
                data.blocks(),
                data.steps(),
                data.cues(),
                data.strides(),
                freezes,
                data.events(),
                data.songs());
    }

    private static SessionData with(
            SessionData data, String id, String programme, boolean simulated, List<Step> steps) {
        return new SessionData(
                id,
                programme,
                data.condition(),
                data.startedUtc(),
                data.baselineSpm(),
                simulated,
                data.blocks(),
                steps,
                data.cues(),
                data.strides(),
                data.freezes(),
                data.events(),
                data.songs());
    }

    /** A session in which next to nothing happened. */
    public static SessionData empty() {
        return new SessionData(
                "empty-1",
                "ras",
                "stroke",
                FIRST,
                Double.NaN,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private SessionData walk(long seed) {
        blocks();
        double time = 2;
        Foot foot = Foot.LEFT;
        double[] contacts = {Double.NaN, Double.NaN};
        double beat = 72;
        double drift = 0;
        Foot beatFoot = Foot.LEFT;
        while (time < ENDS_S[5]) {
            int block = block(time);
            double cueSpm = cueSpm(block, time);
            double period = 60 / cueSpm;
            while (KINDS[block].cued() && beat < time + 0.3) {
                int thin = block == 4 ? 1 << (int) Math.min(3, (time - 850) / 30) : 1;
                if (cues.size() % thin == 0 || thin == 1) {
                    cues.add(new Cue(cues.size() + 1, round(beat), round(period), beatFoot));
                }
                beat += period;
                beatFoot = beatFoot.other();
            }
            steps.add(new Step(round(time), foot, 0.9));
            stride(contacts, foot, time);
            boolean locked = KINDS[block].cued() && !(time > 430 && time < 470);
            double limp = (foot == Foot.LEFT ? 1 : -1) * (0.04 - 0.001 * seed);
            double asynchrony = locked ? Math.IEEEremainder(time - beat + 0.045, period) : 0;
            drift = 0.9 * drift + 0.01 * random.nextGaussian();
            double own = locked ? period - 0.35 * asynchrony : 60 / (c0 * (1 + (block == 5 ? 0.03 : 0)));
            time += own * (1 + limp) + drift * 0.3 + 0.012 * random.nextGaussian();
            foot = foot.other();
            if (Math.abs(time - 700) < 0.4) {
                time += 5; // stands still
                beat = time;
            }
        }
        return new SessionData(
                "s-" + (1000 + seed),
                "ras",
                "stroke",
                started(seed),
                round(c0),
                false,
                blocks,
                steps,
                cues,
                strides,
                List.of(new Freeze(512.2, 513, 516.4), new Freeze(901, 901.8, 904)),
                events,
                List.of());
    }

    private static Instant started(long seed) {
        return FIRST.plus(seed * 7 / 3, ChronoUnit.DAYS).plus(seed % 3 * 37, ChronoUnit.MINUTES);
    }

    private void blocks() {
        event(0, SessionEvent.Kind.STARTED, -1, Double.NaN, null, null);
        double from = 0;
        for (int i = 0; i < KINDS.length; i++) {
            blocks.add(new BlockSpan(i, KINDS[i], from, ENDS_S[i], KINDS[i].cued() ? i == 1 ? 0 : 6 : Double.NaN));
            event(from, SessionEvent.Kind.BLOCK_STARTED, i, Double.NaN, null, null);
            from = ENDS_S[i];
        }
        event(90, SessionEvent.Kind.LOCKED, 1, 0, null, null);
        event(252, SessionEvent.Kind.LOCKED, 2, 2, null, null);
        event(310, SessionEvent.Kind.LEVEL, 2, 4, null, null);
        event(370, SessionEvent.Kind.LEVEL, 2, 6, null, null);
        event(432, SessionEvent.Kind.UNLOCKED, 2, 6, null, null);
        event(455, SessionEvent.Kind.LEVEL, 2, 4, null, null);
        event(475, SessionEvent.Kind.LOCKED, 2, 4, null, null);
        event(540, SessionEvent.Kind.LEVEL, 2, 6, null, null);
        event(612, SessionEvent.Kind.LOCKED, 3, 6, null, null);
        event(703, SessionEvent.Kind.RULE, 3, 6, SafetyRule.NO_STEP, null);
        event(760, SessionEvent.Kind.RULE, 3, 6, SafetyRule.BUTTON, null);
        event(760, SessionEvent.Kind.PAUSED, 3, 6, null, null);
        event(775, SessionEvent.Kind.RESUMED, 3, 6, null, null);
        event(780, SessionEvent.Kind.LOCKED, 3, 6, null, null);
        event(855, SessionEvent.Kind.LOCKED, 4, 6, null, null);
        event(1030, SessionEvent.Kind.ENDED, 5, Double.NaN, null, SessionEvent.End.COMPLETED);
        events.sort((a, b) -> Double.compare(a.timeS(), b.timeS()));
    }

    private void event(
            double timeS,
            SessionEvent.Kind kind,
            int block,
            double levelPct,
            @Nullable SafetyRule rule,
            SessionEvent.@Nullable End end) {
        events.add(new Event(timeS, kind, block, c0 * (1 + levelPct / 100), levelPct, rule, end));
    }

    private static int block(double time) {
        int block = 0;
        while (block < 5 && time >= ENDS_S[block]) {
            block++;
        }
        return block;
    }

    private double cueSpm(int block, double time) {
        double level = block < 2 ? 0 : Math.clamp((time - 250) / 60, 0, 6);
        return c0 * (1 + level / 100);
    }

    private void stride(double[] contacts, Foot foot, double time) {
        int side = foot.ordinal();
        double duration = time - contacts[side];
        if (duration < 2.5) {
            double length = 1.05 + 0.03 * random.nextGaussian();
            strides.add(new Stride(
                    foot,
                    round(contacts[side]),
                    round(time),
                    round(duration),
                    0.63,
                    0.27,
                    round(length),
                    round(length / duration)));
        }
        contacts[side] = time;
    }

    private static double round(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}

package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CuePlanner;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.health.Counters;
import dev.entrain.journal.WalkRecord;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.remote.UnitControl.Ask;
import dev.entrain.remote.UnitControl.Verdict;
import dev.entrain.ring.SlotRing;
import dev.entrain.session.Press;
import dev.entrain.session.SessionEngine;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClinicHandTest {
    private static final long S = 1_000_000_000L;

    private final SlotRing<CueCommand> cues = new SlotRing<>(64, CueCommand::new);
    private final Counters counters = new Counters();
    private final LiveSink sink = new LiveSink(
            cues,
            new FactFeed(new SlotRing<>(64, WalkRecord::new), counters),
            counters,
            new LiveStatus(),
            MusicSteps.none());
    private final long[] samplesNs = {WalkRecord.NONE, WalkRecord.NONE};
    private long nowNs = 100 * S;

    private ControlCore plain() {
        ControlCore core = new ControlCore(new PairTracker(), CueConfig.DEFAULT.newPolicy(), 0, sink);
        core.advanceTo(nowNs);
        return core;
    }

    private ControlCore programme() throws ConfigException {
        ControlCore core = new ControlCore(new PairTracker(), ProgrammeFile.preset("healthy"), null, 0, sink);
        core.advanceTo(nowNs);
        return core;
    }

    private void pass(ControlCore core, ClinicHand hand, double seconds) {
        nowNs += Math.round(seconds * S);
        core.advanceTo(nowNs);
        hand.take(samplesNs, nowNs);
    }

    private @Nullable Verdict ask(ClinicHand hand, Ask ask) {
        hand.ask(ask);
        hand.take(samplesNs, nowNs);
        return hand.verdict();
    }

    private void wear() {
        samplesNs[0] = nowNs;
        samplesNs[1] = nowNs;
    }

    private boolean saidSomething() {
        boolean said = false;
        for (CueCommand command = cues.peek(); command != null; command = cues.peek()) {
            said |= command.kind == CueCommand.Kind.SAY;
            cues.release();
        }
        return said;
    }

    @Test
    void shouldSoundNothingWithinTwoSecondsOfAStop() {
        ControlCore core = plain();
        ClinicHand hand = new ClinicHand(core, sink, 2);
        assertThat(ask(hand, Ask.IDENTIFY)).isEqualTo(Verdict.DONE);
        assertThat(saidSomething()).isTrue();
        // Whoever stopped: the button here.
        pass(core, hand, 1);
        core.press(Press.SHORT);
        pass(core, hand, 0.01);
        pass(core, hand, 1.9);
        assertThat(ask(hand, Ask.IDENTIFY)).isEqualTo(Verdict.JUST_STOPPED);
        assertThat(saidSomething()).isFalse();
        pass(core, hand, 0.2);
        assertThat(ask(hand, Ask.IDENTIFY)).isEqualTo(Verdict.DONE);
        assertThat(ask(hand, Ask.STOP)).isEqualTo(Verdict.DONE);
        assertThat(ask(hand, Ask.IDENTIFY)).isEqualTo(Verdict.JUST_STOPPED);
    }

    @Test
    void shouldStopAPlainWalkForGoodAndStartNone() {
        ControlCore core = plain();
        ClinicHand hand = new ClinicHand(core, sink, 2);
        wear();
        assertThat(ask(hand, Ask.START)).isEqualTo(Verdict.NO_PROGRAMME);
        assertThat(ask(hand, Ask.STOP)).isEqualTo(Verdict.DONE);
        assertThat(core.planner().mode()).isEqualTo(CuePlanner.Mode.STOPPED);
        // A second one starts nothing, as a second press would.
        assertThat(ask(hand, Ask.STOP)).isEqualTo(Verdict.DONE);
        assertThat(core.planner().mode()).isEqualTo(CuePlanner.Mode.STOPPED);
    }

    @Test
    void shouldBeginASessionOnlyWhereTheUnitIsWornAndGoOnWithNone() throws ConfigException {
        ControlCore core = programme();
        ClinicHand hand = new ClinicHand(core, sink, 2);
        SessionEngine session = Objects.requireNonNull(core.session());
        assertThat(ask(hand, Ask.START)).isEqualTo(Verdict.NOT_WORN);
        samplesNs[0] = nowNs;
        assertThat(ask(hand, Ask.START)).isEqualTo(Verdict.NOT_WORN);
        assertThat(ask(hand, Ask.STOP)).isEqualTo(Verdict.DONE);
        assertThat(session.mode()).isEqualTo(SessionEngine.Mode.WAITING);
        pass(core, hand, 3);
        wear();
        assertThat(ask(hand, Ask.START)).isEqualTo(Verdict.DONE);
        assertThat(session.mode()).isEqualTo(SessionEngine.Mode.RUNNING);
        assertThat(ask(hand, Ask.START)).isEqualTo(Verdict.BUSY);
        assertThat(ask(hand, Ask.IDENTIFY)).isEqualTo(Verdict.BUSY);
        assertThat(ask(hand, Ask.STOP)).isEqualTo(Verdict.DONE);
        assertThat(session.mode()).isEqualTo(SessionEngine.Mode.PAUSED);
        pass(core, hand, 5);
        wear();
        assertThat(ask(hand, Ask.START)).isEqualTo(Verdict.PAUSED);
        assertThat(ask(hand, Ask.STOP)).isEqualTo(Verdict.DONE);
        assertThat(session.mode()).isEqualTo(SessionEngine.Mode.PAUSED);
    }

    @Test
    void shouldNotDoWhatWasTakenBack() throws ConfigException {
        ControlCore core = programme();
        ClinicHand hand = new ClinicHand(core, sink, 2);
        wear();
        hand.ask(Ask.START);
        assertThat(hand.takeBack()).isTrue();
        hand.take(samplesNs, nowNs);
        assertThat(hand.verdict()).isNull();
        assertThat(Objects.requireNonNull(core.session()).mode()).isEqualTo(SessionEngine.Mode.WAITING);
    }
}

package dev.entrain.sensor.i2c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.cue.AdaptivePolicy;
import dev.entrain.cue.CueCommand;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.health.Counter;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.pipeline.SampleMerge;
import dev.entrain.pipeline.StepReport;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.LineConfig;
import dev.entrain.sensor.LineSensor;
import dev.entrain.sim.chip.ChipClock;
import dev.entrain.sim.chip.RecordedMotion;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A minute's walk with a chip on a disturbed I2C bus under the left foot and a serial insole under the right one. */
@Timeout(60)
class MixedWalkTest implements TruthSink, CoreSink {
    private static final double SECONDS = 60;
    private static final long NEAR_NS = 60_000_000;
    private static final long LEARNT_NS = 8_000_000_000L;

    private record Contact(Foot foot, long timeNs) {}

    private final List<Contact> truth = new ArrayList<>();
    private final List<Contact> told = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(
            value = ImuChip.class,
            names = {"LSM6DSOX", "LSM6DS3TR_C", "ICM_20948"})
    void shouldFindTheStepsOfAnI2cLeftFootAndASerialRightFoot(ImuChip kind) throws InterruptedException {
        WalkModel model = new WalkModel(WalkScenario.named("healthy"), new WalkOptions(SECONDS, 3), this);
        List<ImuSample> walk = new ArrayList<>();
        ImuSample next = new ImuSample();
        while (model.next(next)) {
            walk.add(next);
            next = new ImuSample();
        }
        ChipRig rig = new ChipRig(
                kind, new ChipClock(0.02, 100e-6), new RecordedMotion(walk, Foot.LEFT, ChipRig.START_NS), false);
        rig.buses.nack(0.01);
        SlotRing<ImuSample> right = new SlotRing<>(1024, ImuSample::new);
        SteppedLine line = new SteppedLine();
        ControlCore core = new ControlCore(new PairTracker(), new AdaptivePolicy(), 0, this);
        LineSensor serial =
                new LineSensor(LineConfig.entrain(Path.of("right"), Foot.RIGHT), line, right, rig.counters, rig.clock);
        serial.start();
        line.awaitReader();
        List<ImuSample> due = new ArrayList<>();
        List<ImuSample> rightWalk =
                walk.stream().filter(s -> s.foot == Foot.RIGHT).toList();
        SampleMerge merge = new SampleMerge(rig.ring, right);
        int at = 0;
        while (rig.clock.nowNs() < ChipRig.START_NS + SECONDS * 1e9) {
            rig.clock.advance(rig.reader.turn());
            due.clear();
            while (at < rightWalk.size() && ChipRig.START_NS + rightWalk.get(at).timeNs <= rig.clock.nowNs()) {
                due.add(rightWalk.get(at++));
            }
            line.step(due);
            for (ImuSample s = merge.peek(rig.clock.nowNs()); s != null; s = merge.peek(rig.clock.nowNs())) {
                core.onSample(s);
                merge.release(s);
            }
        }
        line.end();
        serial.close();
        rig.reader.close();

        assertThat(rig.counters.get(Counter.SAMPLES_LOST)).isZero();
        assertThat(rig.counters.get(Counter.BUS_FAULTS)).isGreaterThan(50);
        for (Foot foot : Foot.values()) {
            assertThat(missed(foot)).as("missed %s of %d", foot, truth.size()).isLessThanOrEqualTo(1);
        }
    }

    /** How many contacts of a foot nobody told. */
    private long missed(Foot foot) {
        return truth.stream()
                .filter(t -> t.foot == foot && t.timeNs > LEARNT_NS && t.timeNs < (SECONDS - 1) * 1e9)
                .filter(t -> told.stream()
                        .noneMatch(e -> e.foot == foot && Math.abs(e.timeNs - ChipRig.START_NS - t.timeNs) < NEAR_NS))
                .count();
    }

    @Override
    public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {
        if (kind == GaitEvent.Kind.INITIAL_CONTACT) {
            truth.add(new Contact(foot, timeNs));
        }
    }

    @Override
    public void onGaitEvent(GaitEvent e) {
        if (e.kind == GaitEvent.Kind.INITIAL_CONTACT || e.kind == GaitEvent.Kind.CONTACT_REVISED) {
            told.add(new Contact(e.foot, e.timeNs));
        }
    }

    @Override
    public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

    @Override
    public void onTurn(long startNs, long endNs, double angleDeg) {}

    @Override
    public void onContactPrediction(ContactPrediction p) {}

    @Override
    public void onFootPhase(FootPhase p) {}

    @Override
    public void onStride(StrideEstimate s) {}

    @Override
    public void onCue(CueCommand c) {}

    @Override
    public void onStep(StepReport s) {}

    @Override
    public void onSensorGap(Foot foot, long fromNs, long toNs) {}
}

package dev.entrain.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.gait.WalkingBout;
import dev.entrain.sample.Foot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaitLogTest {
    private static final long ORIGIN_NS = 7_000_000_000L;

    private final GaitEvent event = new GaitEvent();
    private final ContactPrediction prediction = new ContactPrediction();
    private final FootPhase phase = new FootPhase();
    private final StrideEstimate stride = new StrideEstimate();
    private final WalkingBout bout = new WalkingBout();
    private final Turn turn = new Turn();

    @Test
    void shouldWriteTheColumnsThatScoringReads(@TempDir Path folder) throws IOException {
        Path into = folder.resolve("walk/one");
        try (GaitLog log = new GaitLog(into, ORIGIN_NS)) {
            log.onGaitEvent(event.set(
                    GaitEvent.Kind.INITIAL_CONTACT,
                    Foot.RIGHT,
                    ORIGIN_NS + 1_250_000_000L,
                    ORIGIN_NS + 1_300_000_000L,
                    0.75));
            log.onContactPrediction(prediction.set(
                    Foot.LEFT, ORIGIN_NS + 2_000_000_000L, 30_000_000L, ORIGIN_NS + 1_500_000_000L, 1_100_000_000L));
            log.onFootPhase(phase.set(Foot.LEFT, ORIGIN_NS + 10_000_000L, Double.NaN, Double.NaN));
            log.onFootPhase(phase.set(Foot.LEFT, ORIGIN_NS + 20_000_000L, 0.125, 0.02));
            log.onStride(stride.set(
                            Foot.LEFT,
                            ORIGIN_NS + 1_000_000_000L,
                            ORIGIN_NS + 2_100_000_000L,
                            ORIGIN_NS + 2_400_000_000L,
                            1.23456,
                            1.1,
                            Double.NaN)
                    .withWay(0.0213, 0.1501, Math.toRadians(-12))
                    .withOtherFoot(0.25, 0.55));
            bout.startNs = ORIGIN_NS + 1_000_000_000L;
            bout.endNs = ORIGIN_NS + 5_000_000_000L;
            bout.decidedNs = ORIGIN_NS + 8_100_000_000L;
            bout.over = true;
            bout.strides = 7;
            bout.strideTimeS = 1.1;
            bout.strideTimeCv = 0.02;
            bout.strideLengthM = 1.3;
            bout.speedMps = 1.18;
            log.onWalkingBout(bout);
            turn.startNs = ORIGIN_NS + 2_000_000_000L;
            turn.endNs = ORIGIN_NS + 4_000_000_000L;
            turn.decidedNs = ORIGIN_NS + 4_500_000_000L;
            turn.angleRad = Math.PI / 2;
            turn.strides = 3;
            log.onTurn(turn);
        }
        assertThat(Files.readString(into.resolve(GaitLog.EVENTS)))
                .isEqualTo("decided_s,t_s,foot,event,confidence\n1.300000,1.250000,R,IC,0.750\n");
        assertThat(Files.readString(into.resolve(GaitLog.PREDICTIONS)))
                .isEqualTo("decided_s,foot,ic_s,half_width_s,stride_s\n1.500000,L,2.000000,0.030000,1.100000\n");
        assertThat(Files.readString(into.resolve(GaitLog.PHASE)))
                .isEqualTo("t_s,foot,phase,spread\n0.020000,L,0.12500,0.02000\n");
        assertThat(Files.readString(into.resolve(GaitLog.STRIDES))).isEqualTo("""
                        foot,start_s,end_s,length_m,decided_s,stride_time_s,stance_fraction,length_sd_m,speed_mps,clearance_m,turn_deg,double_support_fraction,step_time_s
                        L,1.000000,2.100000,1.2346,2.400000,1.1000,NaN,0.0213,1.1223,0.1501,-12.00,0.2500,0.5500
                        """);
        assertThat(Files.readString(into.resolve(GaitLog.BOUTS))).isEqualTo("""
                        decided_s,start_s,end_s,over,strides,stride_time_s,stride_time_cv,stride_length_m,speed_mps
                        8.100000,1.000000,5.000000,1,7,1.1000,0.0200,1.3000,1.1800
                        """);
        assertThat(Files.readString(into.resolve(GaitLog.TURNS))).isEqualTo("""
                        decided_s,start_s,end_s,angle_deg,strides
                        4.500000,2.000000,4.000000,90.0,3
                        """);
    }

    @Test
    void shouldNameASecondLookApartFromContacts(@TempDir Path folder) throws IOException {
        try (GaitLog log = new GaitLog(folder, ORIGIN_NS)) {
            event.set(
                    GaitEvent.Kind.CONTACT_REVISED,
                    Foot.LEFT,
                    ORIGIN_NS + 1_500_000_000L,
                    ORIGIN_NS + 1_700_000_000L,
                    0.5);
            event.formerNs = ORIGIN_NS + 1_250_000_000L;
            log.onGaitEvent(event);
        }
        assertThat(Files.readString(folder.resolve(GaitLog.EVENTS)))
                .isEqualTo("decided_s,t_s,foot,event,confidence\n1.700000,1.500000,L,IC_REVISED,0.500\n");
    }

    @Test
    void shouldAllocateNothingPerRow(@TempDir Path folder) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated;
        try (GaitLog log = new GaitLog(folder, ORIGIN_NS)) {
            write(log, 20_000);
            threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadAllocatedBytes();
            write(log, 20_000);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
        assertThat(Files.readAllLines(folder.resolve(GaitLog.PHASE))).hasSize(40_001);
    }

    private void write(GaitLog log, int rows) {
        for (int i = 0; i < rows; i++) {
            long ns = ORIGIN_NS + i * 5_000_000L;
            log.onFootPhase(phase.set(Foot.LEFT, ns, 0.5, 0.02));
            log.onGaitEvent(event.set(GaitEvent.Kind.FOOT_FLAT, Foot.LEFT, ns, ns, 0.9));
            log.onContactPrediction(prediction.set(Foot.LEFT, ns, 1, ns, 1));
            log.onStride(stride.set(Foot.LEFT, ns, ns, ns, Double.NaN, 1.1, 0.6));
        }
    }
}

package dev.entrain.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakFiguresTest {
    private static final long S = 1_000_000_000L;
    private static final long MOST_KB = 90 * 1024;

    @TempDir
    Path dir;

    private static String message(long seq, long timeS, long played, long late, long underruns, int worstFrames) {
        return """
                {"seq":%d,"t_ns":%d,"cues":{"planned":%d,"played":%d,"late":%d,"worst_frames":%d},\
                "onset_error":{"first_ns":1000,"per_octave":4,"classes":81,"counts":[[12,%d]],"count":%d,"max_ns":8000},\
                "stall":{"first_ns":1000,"per_octave":4,"classes":81,"counts":[[8,%d]],"count":%d,"max_ns":4000},\
                "breaks":{"underruns":%d,"reanchors":0},"audio_thread_bytes":%d,\
                "output":{"rate_hz":48000,"period_frames":256,"buffer_frames":2048}}
                """.formatted(
                        seq,
                        timeS * S,
                        played,
                        played,
                        late,
                        worstFrames,
                        played,
                        played,
                        10 * timeS,
                        10 * timeS,
                        underruns,
                        20 * timeS);
    }

    private List<Proof> heard(String... messages) throws IOException {
        return Proof.read(List.of(Files.writeString(dir.resolve("heard.jsonl"), String.join("", messages))));
    }

    private HostStalls stalls(String text) throws IOException {
        return HostStalls.read(Files.writeString(dir.resolve("meter.txt"), "fifo 1\n" + text));
    }

    private static SoakPhase phase(long residentKb) {
        return new SoakPhase("quiet", 9 * S, 19 * S, residentKb);
    }

    @Test
    void shouldTakeAPhaseFromTheDifferenceOfTwoMessages() throws IOException {
        List<Proof> proofs = heard(message(1, 5, 3, 0, 0, 0), message(2, 10, 10, 0, 0, 1), message(4, 20, 30, 0, 0, 1));
        SoakFigures figures = SoakFigures.of(phase(80_000), proofs, stalls("15000000000 300000\n"));
        assertThat(figures.played()).isEqualTo(20);
        assertThat(figures.onsets().count()).isEqualTo(20);
        assertThat(figures.onsets().maxNs()).isEqualTo(8_000);
        assertThat(figures.stalls().count()).isEqualTo(100);
        assertThat(figures.bytesPerCycle()).isEqualTo(2);
        assertThat(figures.hostStallNs()).isEqualTo(300_000);
        assertThat(SoakFigures.faults(List.of(figures), MOST_KB)).isEmpty();
    }

    @Test
    void shouldReadWhatCameTwiceOnceAndLeaveOutWhatIsNoMessage() throws IOException {
        String second = message(2, 10, 10, 0, 0, 0);
        List<Proof> proofs = heard(second, "Error: lost\n", message(1, 5, 3, 0, 0, 0), second, "{\"seq\":3,\"t_");
        assertThat(proofs).extracting(Proof::timeNs).containsExactly(5 * S, 10 * S);
    }

    @Test
    void shouldBlameTheUnitForABreakTheMachineDoesNotExplain() throws IOException {
        List<Proof> proofs = heard(message(1, 10, 10, 0, 0, 0), message(2, 20, 30, 1, 1, 0));
        SoakFigures blamed = SoakFigures.of(phase(1), proofs, stalls("15000000000 36000000\n"));
        assertThat(blamed.unexcused()).isEqualTo(2);
        assertThat(SoakFigures.faults(List.of(blamed), MOST_KB))
                .singleElement()
                .asString()
                .contains("did not stall");
        // 2048 frames less a period of 256 last 37.3 ms, and the meter may miss 1 ms.
        SoakFigures excused = SoakFigures.of(phase(1), proofs, stalls("15000000000 36400000\n"));
        assertThat(excused.unexcused()).isZero();
    }

    @Test
    void shouldBlameAStallOfAnotherTimeOnNobody() throws IOException {
        List<Proof> proofs =
                heard(message(1, 10, 10, 0, 0, 0), message(2, 15, 20, 0, 1, 0), message(3, 20, 30, 0, 1, 0));
        assertThat(SoakFigures.of(phase(1), proofs, stalls("18000000000 99000000\n"))
                        .unexcused())
                .isEqualTo(1);
    }

    @Test
    void shouldNameEverythingThatIsNotAsPromised() throws IOException {
        List<Proof> proofs = heard(message(1, 10, 10, 0, 0, 2), message(2, 20, 10, 0, 0, 2));
        SoakFigures figures = SoakFigures.of(phase(MOST_KB + 1), proofs, stalls(""));
        assertThat(SoakFigures.faults(List.of(figures), MOST_KB))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("2 frames off"))
                .anySatisfy(line -> assertThat(line).contains("no cue was played"))
                .anySatisfy(line -> assertThat(line).contains("MB resident"));
    }

    @Test
    void shouldSayWhenTheMessagesDoNotCoverAPhase() throws IOException {
        List<Proof> proofs = heard(message(1, 10, 10, 0, 0, 0));
        HostStalls none = stalls("");
        assertThatThrownBy(() -> SoakFigures.of(phase(1), proofs, none)).hasMessageContaining("do not reach that far");
    }

    @Test
    void shouldReadTheMemoryOfThisProcess() throws IOException {
        ProcessMemory memory = ProcessMemory.of(ProcessHandle.current().pid());
        assertThat(memory.residentKb()).isGreaterThan(10_000);
        assertThat(memory.peakKb()).isGreaterThanOrEqualTo(memory.residentKb());
    }
}

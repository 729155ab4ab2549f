package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.audio.TimingHistogram;
import dev.entrain.health.TimingCounts;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.TimingReport;
import dev.entrain.journal.TimingReport.OffsetSource;
import dev.entrain.journal.TimingReport.OutputState;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A reader who knows nothing but the message and its schema gets the unit's own figures. */
class TimingPayloadTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";

    private JsonNode published(TimingReport report) throws IOException {
        RecordMessage message = new RecordMessage(new JsonFactory(), "", 0, RecordMessage.MOST_BYTES);
        message.onRecord(BOOT, 7, RecordKind.TIMING, null, new RecordBodies().timing(report));
        return new Schemas().valid("timing", message.finish());
    }

    /** The schema's words as a program. */
    private static long quantileNs(JsonNode counts, double share) {
        long firstNs = counts.path("first_ns").asLong();
        int perOctave = counts.path("per_octave").asInt();
        int last = counts.path("classes").asInt() - 1;
        long maxNs = counts.path("max_ns").asLong();
        long wanted = Math.max(1, (long) Math.ceil(share * counts.path("count").asLong()));
        long sum = 0;
        for (JsonNode each : counts.path("counts")) {
            int index = each.get(0).asInt();
            sum += each.get(1).asLong();
            if (sum >= wanted) {
                long edgeNs = Math.round(firstNs * Math.pow(2, (double) index / perOctave));
                return index == last ? maxNs : Math.min(maxNs, edgeNs);
            }
        }
        return 0;
    }

    @Test
    void shouldLetEverybodyRecomputeThePercentiles() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            TimingHistogram onsets = new TimingHistogram();
            TimingHistogram stalls = new TimingHistogram();
            for (int i = 0; i < 500; i++) {
                onsets.add(Math.round(9_000 * random.nextGaussian()));
                stalls.add((long) Math.exp(5 + 17 * random.nextDouble()));
            }
            JsonNode message = published(MadeUpTiming.with(9, false, onsets.snapshot(), stalls.snapshot()));
            for (double share : new double[] {0, 0.01, 0.5, 0.9, 0.99, 1}) {
                assertThat(quantileNs(message.path("onset_error"), share)).isEqualTo(onsets.quantileNs(share));
                assertThat(quantileNs(message.path("stall"), share)).isEqualTo(stalls.quantileNs(share));
            }
            assertThat(message.path("onset_error").path("max_ns").asLong()).isEqualTo(onsets.maxNs());
            assertThat(message.path("onset_error").path("count").asLong()).isEqualTo(onsets.count());
        }
    }

    @Test
    void shouldLeaveOutEmptyClasses() throws IOException {
        JsonNode counts = published(MadeUpTiming.full(9, false)).path("onset_error");
        assertThat(counts.path("counts")).hasToString("[[0,3],[2,90],[3,7]]");
        assertThat(counts.path("classes").asInt()).isEqualTo(4);
    }

    @Test
    void shouldTellEverythingThatIsKnown() throws IOException {
        JsonNode message = published(MadeUpTiming.full(9, true));
        assertThat(message.path("seq").asLong()).isEqualTo(7);
        assertThat(message.path("last").asBoolean()).isTrue();
        assertThat(message.path("cues").path("late").asLong()).isEqualTo(2);
        assertThat(message.path("output").path("state").asText()).isEqualTo("playing");
        assertThat(message.path("output").path("bits").asInt()).isEqualTo(32);
        assertThat(message.path("output").path("rate_ppm").asDouble()).isEqualTo(37.46);
        assertThat(message.path("output").path("offset_source").asText()).isEqualTo("loopback");
        assertThat(message.path("audio_thread_bytes").asLong()).isEqualTo(640);
        assertThat(message.path("real_time").path("render_priority").asInt()).isEqualTo(60);
        assertThat(message.path("sound").path("dose_pct_7d").asDouble()).isEqualTo(41.26);
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() throws IOException {
        TimingCounts none = new TimingHistogram().snapshot();
        JsonNode message = published(new TimingReport(
                9,
                0,
                false,
                new TimingReport.Cues(0, 0, 0, 0, 0, 0),
                none,
                none,
                new TimingReport.Breaks(0, 0, 0, 0),
                new TimingReport.Output(
                        OutputState.WAITING, 5, "There is no card", null, null, 0, 0, OffsetSource.UNKNOWN),
                -1,
                null,
                new TimingReport.Exposure(Double.NaN, Double.NaN, Double.NaN, Double.NaN)));
        assertThat(message.has("real_time")).isFalse();
        assertThat(message.has("audio_thread_bytes")).isFalse();
        assertThat(message.path("sound").isEmpty()).isTrue();
        assertThat(message.path("output").has("rate_hz")).isFalse();
        assertThat(message.path("output").path("kind").asText()).isEqualTo("file");
        assertThat(message.path("onset_error").path("counts")).isEmpty();
    }
}

package dev.entrain.clinic.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.ingest.HandIn.Message;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** One simulated session: its summary, and if wanted every step of it. */
final class SampleSession {
    private static final double BASELINE_S = 60;
    private static final double RETENTION_S = 60;

    private final SamplePatient patient;
    private final String name;
    private final Instant startUtc;
    private final SplittableRandom random;
    private final double baselineSpm;
    private final double cuedSpm;
    private final double retainedSpm;
    private final double cuedS;
    private final boolean complete;
    private final double locked;
    private final List<SampleMusic.Playing> songs;

    /**
     * Draws a session.
     *
     * @param week weeks since the patient's first
     */
    SampleSession(SamplePatient patient, String name, int week, Instant startUtc, SplittableRandom random) {
        this.patient = patient;
        this.name = name;
        this.startUtc = startUtc;
        this.random = random;
        baselineSpm = patient.cadenceSpm() * (1 + patient.gainPctAWeek() * week / 100) + gauss(1.2);
        cuedSpm = baselineSpm * (1 + (patient.cuedPct() + gauss(1.0)) / 100);
        double kept = Math.min(0.8, 0.2 + 0.04 * week);
        retainedSpm = baselineSpm + kept * (cuedSpm - baselineSpm) + gauss(0.6);
        complete = random.nextDouble() < 0.85;
        cuedS = complete ? SamplePatient.PLANNED_CUED_S : 300 + 600 * random.nextDouble();
        double usual = Math.min(1, 0.85 + gauss(0.06));
        songs = patient.music() == SamplePatient.Music.NONE
                ? List.of()
                : SampleMusic.draw(BASELINE_S, BASELINE_S + cuedS, cuedSpm, usual, random.split());
        double windows = 0;
        double held = 0;
        for (SampleMusic.Playing song : songs) {
            windows += song.windows();
            held += song.locked() * song.windows();
        }
        locked = windows > 0 ? held / windows : usual;
    }

    Instant startUtc() {
        return startUtc;
    }

    /**
     * Returns what the unit publishes of it.
     *
     * @param records whether every step is told, and every stride and cue
     */
    List<Message> messages(boolean records) {
        SampleBoot boot = new SampleBoot(patient.unit(), startUtc, random);
        boot.add("session", head(boot.record(SampleBoot.ns(0)), "started"));
        if (records) {
            walk(boot);
            songs(boot);
        }
        double endS = BASELINE_S + cuedS + RETENTION_S;
        ObjectNode ended = head(boot.record(SampleBoot.ns(endS)), "ended");
        ended.put("started_ns", SampleBoot.ns(0)).put("end", complete ? "completed" : "patient");
        ended.put("baseline_spm", round(baselineSpm))
                .put("walked_s", round(endS))
                .put("cued_s", round(cuedS));
        ArrayNode blocks = ended.putArray("blocks");
        block(blocks, "baseline", 0, BASELINE_S, Double.NaN);
        block(blocks, "progress", BASELINE_S, BASELINE_S + cuedS, 100 * (cuedSpm / baselineSpm - 1));
        block(blocks, "retention", BASELINE_S + cuedS, endS, Double.NaN);
        ObjectNode metrics = ended.putObject("metrics");
        double uncuedSpm = (baselineSpm + retainedSpm) / 2;
        double share = cuedS / endS;
        metrics(metrics.putObject("all"), share * cuedSpm + (1 - share) * uncuedSpm, endS, true)
                .putObject("retention_pct")
                .put("value", round(100 * (retainedSpm / baselineSpm - 1)))
                .put("n", (int) (RETENTION_S * retainedSpm / 60));
        metrics(metrics.putObject("cued"), cuedSpm, cuedS, true);
        metrics(metrics.putObject("uncued"), uncuedSpm, BASELINE_S + RETENTION_S, false);
        if (!songs.isEmpty()) {
            ArrayNode told = ended.putArray("songs");
            songs.forEach(song -> song(told.addObject(), song));
        }
        boot.add("session", ended);
        timing(boot, endS);
        return boot.off();
    }

    private void song(ObjectNode to, SampleMusic.Playing song) {
        double lengthS = song.endS() - song.startS();
        int steps = (int) (lengthS * cuedSpm / 60);
        to.put("start_ns", SampleBoot.ns(song.startS()));
        SampleMusic.tell(to, song, patient.music() == SamplePatient.Music.TITLED, cuedSpm);
        to.put("walked_s", round(lengthS)).put("steps", steps);
        ObjectNode metrics = to.putObject("metrics");
        put(metrics, "cadence_spm", cuedSpm + gauss(0.5), steps);
        put(metrics, "walking_speed_mps", patient.strideM() * cuedSpm / 120 + gauss(0.01), steps);
        put(metrics, "asynchrony_ms", -42 + gauss(6), steps);
        put(metrics, "asynchrony_sd_ms", 46 - 60 * song.song().lift() + gauss(4), steps);
        if (song.windows() >= 3) {
            put(metrics, "locked_fraction", song.locked(), song.windows());
        } else {
            metrics.putObject("locked_fraction").put("n", song.windows());
        }
        put(metrics, "tempo_accuracy_pct", gauss(0.4), steps);
    }

    private ObjectNode head(ObjectNode record, String state) {
        return record.put("session", name)
                .put("state", state)
                .put("programme", patient.programme())
                .put("condition", patient.condition())
                .put("simulated", true)
                .put("sessions_per_week", SamplePatient.SESSIONS_A_WEEK)
                .put("planned_cued_s", SamplePatient.PLANNED_CUED_S);
    }

    private static void block(ArrayNode blocks, String kind, double startS, double endS, double levelPct) {
        ObjectNode block = blocks.addObject().put("index", blocks.size() - 1).put("kind", kind);
        block.put("start_ns", SampleBoot.ns(startS)).put("end_ns", SampleBoot.ns(endS));
        if (!Double.isNaN(levelPct)) {
            block.put("level_pct", round(levelPct));
        }
    }

    private ObjectNode metrics(ObjectNode to, double cadenceSpm, double durationS, boolean beats) {
        int steps = (int) (durationS * cadenceSpm / 60);
        double strideM = patient.strideM() * Math.sqrt(cadenceSpm / patient.cadenceSpm()) + gauss(0.01);
        double asymmetry = patient.asymmetry() * (beats ? 0.8 : 1) + gauss(0.008);
        put(to, "cadence_spm", cadenceSpm, steps);
        put(to, "stride_duration_s", 120 / cadenceSpm, steps);
        put(to, "stride_duration_cv_pct", 3.2 + gauss(0.3) - (beats ? 0.6 : 0), steps);
        put(to, "step_asymmetry", asymmetry, steps / 2);
        put(to, "stance_asymmetry", 0.6 * asymmetry + gauss(0.004), steps / 2);
        put(to, "swing_asymmetry", -1.1 * asymmetry + gauss(0.006), steps / 2);
        put(to, "double_support_pct", 31 - 0.08 * (cadenceSpm - 90) + gauss(0.4), steps);
        put(to, "stride_length_m", strideM, steps);
        put(to, "walking_speed_mps", strideM * cadenceSpm / 120, steps);
        put(to, "freezing_time_pct", 0, 0);
        put(to, "freeze_count", 0, 0);
        if (beats) {
            double sdMs = 38 + gauss(4);
            put(to, "asynchrony_ms", -42 + gauss(6), steps);
            put(to, "asynchrony_sd_ms", sdMs, steps);
            put(to, "resultant_length", Math.exp(-0.5 * Math.pow(2 * Math.PI * sdMs * cadenceSpm / 60_000, 2)), steps);
            put(to, "locked_fraction", locked, Math.max(3, steps / 16));
            put(to, "tempo_accuracy_pct", gauss(0.4), steps);
            put(to, "phase_correction_gain", 0.35 + gauss(0.06), steps);
        }
        if (steps > 400) {
            put(to, "dfa_alpha", (beats ? 0.62 : 0.78) + gauss(0.05), steps / 2);
        }
        return to;
    }

    private void walk(SampleBoot boot) {
        double endS = BASELINE_S + cuedS + RETENTION_S;
        double lastStepS = Double.NaN;
        double[] lastOfFootS = {Double.NaN, Double.NaN};
        double beatS = BASELINE_S;
        int cue = 0;
        double atS = 0.5;
        int foot = 0;
        while (atS < endS) {
            boolean cued = atS >= BASELINE_S && atS < BASELINE_S + cuedS;
            double spm = cued ? cuedSpm : atS < BASELINE_S ? baselineSpm : retainedSpm;
            double periodS = 60 / spm * (1 + (foot == 0 ? 1 : -1) * patient.asymmetry());
            double stepS = atS + gauss(0.012);
            String letter = foot == 0 ? "L" : "R";
            ObjectNode step = boot.event("step", name, SampleBoot.ns(stepS)).put("foot", letter);
            step.put("decided_ns", SampleBoot.ns(stepS + 0.06))
                    .put("cadence_spm", round(spm))
                    .put("confidence", 0.95);
            if (!Double.isNaN(lastStepS)) {
                step.put("step_duration_s", round(stepS - lastStepS));
            }
            if (cued) {
                beatS = atS + 0.042;
                cue++;
                step.put("cue_id", cue).put("asynchrony_ms", round(1e3 * (stepS - beatS)));
            }
            if (!Double.isNaN(lastOfFootS[foot])) {
                stride(boot, letter, lastOfFootS[foot], stepS);
            }
            if (cued) {
                boot.event("cue", name, SampleBoot.ns(beatS))
                        .put("foot", letter)
                        .put("decided_ns", SampleBoot.ns(beatS - 0.4))
                        .put("cue_id", cue)
                        .put("frame", Math.round(beatS * 48_000))
                        .put("period_s", round(periodS))
                        .put("voice", "beat");
            }
            lastOfFootS[foot] = stepS;
            lastStepS = stepS;
            atS += periodS;
            foot = 1 - foot;
        }
    }

    private void songs(SampleBoot boot) {
        for (SampleMusic.Playing song : songs) {
            SampleMusic.tell(
                    boot.event("song", name, SampleBoot.ns(song.startS())),
                    song,
                    patient.music() == SamplePatient.Music.TITLED,
                    cuedSpm);
        }
    }

    private void stride(SampleBoot boot, String letter, double startS, double endS) {
        double lengthM = patient.strideM() + gauss(0.03);
        boot.event("stride", name, SampleBoot.ns(endS))
                .put("foot", letter)
                .put("decided_ns", SampleBoot.ns(endS + 0.06))
                .put("start_ns", SampleBoot.ns(startS))
                .put("stride_duration_s", round(endS - startS))
                .put("stance_fraction", round(0.62 + gauss(0.01)))
                .put("double_support_pct", round(28 + gauss(1)))
                .put("stride_length_m", round(lengthM))
                .put("stride_length_sd_m", 0.03)
                .put("speed_mps", round(lengthM / (endS - startS)))
                .put("clearance_m", round(0.11 + gauss(0.01)))
                .put("turn_deg", round(gauss(1.5)));
    }

    private void timing(SampleBoot boot, double endS) {
        int cues = (int) (cuedS * cuedSpm / 60);
        ObjectNode timing = boot.record(SampleBoot.ns(endS))
                .put("since_ns", SampleBoot.ns(-30))
                .put("last", true);
        timing.putObject("cues")
                .put("planned", cues)
                .put("played", cues)
                .put("unheard", 0)
                .put("late", 0)
                .put("refused", 0)
                .put("worst_frames", 0);
        counts(timing.putObject("onset_error"), cues);
        counts(timing.putObject("stall"), (int) (endS * 100));
        timing.putObject("breaks")
                .put("underruns", 0)
                .put("stalls", 0)
                .put("reanchors", 0)
                .put("reopened", 0);
        timing.putObject("output")
                .put("state", "stopped")
                .put("state_since_ns", SampleBoot.ns(endS))
                .put("text", "simulated: no sound card was there");
        boot.add("timing", timing);
    }

    private static void counts(ObjectNode to, int count) {
        to.put("first_ns", 1_000)
                .put("per_octave", 4)
                .put("classes", 80)
                .put("count", count)
                .put("max_ns", 12_000);
        ArrayNode classes = to.putArray("counts");
        classes.addArray().add(10).add(count - count / 10);
        classes.addArray().add(14).add(count / 10);
    }

    private static void put(ObjectNode to, String metric, double value, int n) {
        to.putObject(metric).put("value", round(value)).put("n", n);
    }

    private double gauss(double sd) {
        return sd * random.nextGaussian();
    }

    private static double round(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}

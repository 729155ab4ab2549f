package dev.entrain.check;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How the output does, tried here or told by the running agent.
 *
 * @param playing whether it plays
 * @param text what was granted, or what is wrong and what to do
 * @param rateHz granted, 0 if not known
 * @param bits granted
 * @param periodFrames granted
 * @param bufferFrames granted
 * @param underruns times it ran dry
 * @param stalls times it stood still and was started afresh
 * @param reopened times it failed and was opened again
 * @param late cues that came too late to sound
 * @param stallMaxUs longest the sound thread was late for the card, microseconds; -1 where not measured
 * @param overS time this is about, s
 */
record OutputFigures(
        boolean playing,
        String text,
        int rateHz,
        int bits,
        int periodFrames,
        int bufferFrames,
        long underruns,
        long stalls,
        long reopened,
        long late,
        long stallMaxUs,
        long overS) {
    /** Returns an output that can't be had. */
    static OutputFigures failed(String text) {
        return new OutputFigures(false, text, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0);
    }

    /** Takes what the running agent tells. */
    static OutputFigures of(JsonNode status, long overS) {
        JsonNode audio = status.path("audio");
        JsonNode counters = status.path("counters");
        return new OutputFigures(
                audio.path("state").asText().equals("playing"),
                audio.path("text").asText(),
                audio.path("rate_hz").asInt(),
                audio.path("bits").asInt(),
                audio.path("period_frames").asInt(),
                audio.path("buffer_frames").asInt(),
                counters.path("underruns").asLong(),
                counters.path("audio_stalls").asLong(),
                counters.path("audio_reopened").asLong(),
                counters.path("cues_late").asLong(),
                audio.path("stall_max_us").asLong(-1),
                overS);
    }
}

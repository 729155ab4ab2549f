package dev.entrain.exposure;

/**
 * What the ears were given, as of now. Immutable.
 *
 * @param dosePct7d dose of the last 7 days, percent; not a number if more than 1 % was heard on headphones nobody
 *     calibrated, or was lost
 * @param mostPct7d what the dose is at most, percent: the same number where all is known, otherwise with headphones as loud
 *     as {@link ExposureWatch#ASSUMED_FULL_SCALE_DB_SPL}
 * @param levelDbSpl level of a plain beat now (LAFmax, lowered by rule), dB(A); not a number where the headphones are not
 *     calibrated
 * @param attenuationDb by how much sound is lowered by rule, dB, at least 0
 */
public record ExposureState(double dosePct7d, double mostPct7d, double levelDbSpl, double attenuationDb) {}

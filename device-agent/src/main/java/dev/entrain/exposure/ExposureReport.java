package dev.entrain.exposure;

import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the file of the last 7 days says, for a person.
 *
 * @param file where it was read
 * @param days the days with sound, oldest first
 * @param percent dose on calibrated headphones, percent of what is allowed in 7 days
 * @param assumedPercent dose on top of it at most, heard on headphones nobody calibrated, percent
 * @param timesReached how often 100 % was reached and not given back yet
 * @param attenuationDb by how much sound is lowered for it, dB
 * @param clockRight whether the unit's clock is believed
 */
public record ExposureReport(
        Path file,
        List<Day> days,
        double percent,
        double assumedPercent,
        int timesReached,
        double attenuationDb,
        boolean clockRight) {
    private static final long HOUR_S = 3600;

    /**
     * One day.
     *
     * @param date of the zone asked for
     * @param percent dose on calibrated headphones, percent of what is allowed in 7 days
     * @param assumedPercent dose at most on others, percent
     */
    public record Day(LocalDate date, double percent, double assumedPercent) {}

    /** Copies the list. */
    public ExposureReport {
        days = List.copyOf(days);
    }

    /**
     * Reads what was kept; nothing kept is no sound heard. Changes nothing.
     *
     * @param stateDir folder of the unit's own state
     * @param wall the present
     * @param zone whose days are told
     * @throws IOException naming the file and what to do, if it cannot be read or is damaged
     */
    public static ExposureReport read(Path stateDir, WallClock wall, ZoneId zone) throws IOException {
        DoseFile file = new DoseFile(stateDir);
        DoseFile.Kept kept;
        try {
            kept = file.read();
        } catch (NoSuchFileException e) {
            return new ExposureReport(file.path(), List.of(), 0, 0, 0, 0, true);
        } catch (IOException e) {
            throw new IOException(
                    file.path() + " cannot be used: " + e.getMessage()
                            + ". The agent sets it aside at its next start and counts the week as heard.",
                    e);
        }
        DoseLedger ledger = kept.ledger();
        ledger.pass(wall.now().toEpochMilli() * 1e-3, 0, false);
        TreeMap<LocalDate, Day> days = new TreeMap<>();
        for (DoseLedger.Hour hour : ledger.hours()) {
            LocalDate date =
                    Instant.ofEpochSecond(hour.hour() * HOUR_S).atZone(zone).toLocalDate();
            Day sum = days.getOrDefault(date, new Day(date, 0, 0));
            days.put(
                    date,
                    new Day(
                            date,
                            sum.percent + SoundDose.percent(hour.knownS()),
                            sum.assumedPercent + SoundDose.percent(hour.assumedS())));
        }
        return new ExposureReport(
                file.path(),
                new ArrayList<>(days.values()),
                SoundDose.percent(ledger.knownS()),
                SoundDose.percent(ledger.assumedS()),
                kept.reached(),
                new LevelRule(kept.reached()).attenuationDb(),
                ledger.dated());
    }
}

package dev.entrain.clinic.sample;

import dev.entrain.clinic.ingest.HandIn;
import dev.entrain.clinic.sql.Sql;
import dev.entrain.clinic.store.Database;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Puts weeks of simulated patients into a database, the way real messages take. The same seed and day give the same. */
public final class SampleData {
    /** Most weeks. */
    public static final int MOST_WEEKS = 104;

    private final Database database;
    private final Sql sql;

    /**
     * What was put in.
     *
     * @param detailed the newest session, the one with every step
     */
    public record Summary(int patients, int sessions, String detailed) {}

    /** The database must not get sample data; the message says why. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private record Planned(SamplePatient patient, SampleSession session, String name) {}

    /** Writes to a database. */
    public SampleData(Database database) {
        this.database = database;
        sql = new Sql(database.source());
    }

    /**
     * Writes weeks that end with the one of {@code now}.
     *
     * @param weeks 1 to 104
     * @throws Refused if the database holds walks of real patients, or sample data already
     * @throws SQLException if the database failed half way: what is there is marked as simulated
     */
    public Summary write(int weeks, long seed, Instant now) throws Refused, SQLException {
        check();
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate first =
                today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(weeks - 1L);
        List<Planned> plans = new ArrayList<>();
        for (SamplePatient patient : SamplePatient.ALL) {
            plans.addAll(plans(
                    patient,
                    first,
                    weeks,
                    new SplittableRandom(seed ^ patient.code().hashCode()),
                    now));
        }
        plans.sort(Comparator.comparing(plan -> plan.session().startUtc()));
        if (plans.isEmpty()) {
            throw new Refused("no session would lie before now: ask for more weeks");
        }
        List<HandIn.Message> messages = new ArrayList<>();
        for (Planned plan : plans) {
            messages.addAll(
                    plan.session().messages(plan.name().equals(plans.getLast().name())));
        }
        new HandIn(database).store(messages);
        Instant from = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        for (SamplePatient patient : SamplePatient.ALL) {
            sql.update("INSERT INTO patient (code) VALUES (?) ON CONFLICT DO NOTHING", patient.code());
            sql.update(
                    "INSERT INTO assignment (unit, code, from_utc) SELECT unit, ?, ? FROM unit WHERE unit = ?",
                    patient.code(),
                    from,
                    patient.unit());
        }
        return new Summary(
                SamplePatient.ALL.size(), plans.size(), plans.getLast().name());
    }

    private void check() throws Refused {
        if (sql.first("SELECT 1 FROM session WHERE simulated IS DISTINCT FROM true LIMIT 1", row -> row.getInt(1))
                != null) {
            throw new Refused(
                    "this database holds walks that are not simulated: sample data must not be mixed with them. Give "
                            + "an empty database.");
        }
        if (sql.first("SELECT 1 FROM unit WHERE unit = 'sample-1'", row -> row.getInt(1)) != null) {
            throw new Refused("this database has sample data already. Give an empty one.");
        }
    }

    private static List<Planned> plans(
            SamplePatient patient, LocalDate first, int weeks, SplittableRandom random, Instant now) {
        List<Planned> plans = new ArrayList<>();
        for (int week = 0; week < weeks; week++) {
            for (int i = 0; i < SamplePatient.SESSIONS_A_WEEK; i++) {
                LocalDate day =
                        first.plusWeeks(week).plusDays(List.of(0, 2, 3, 5).get(i));
                Instant start = day.atTime(LocalTime.of(9 + random.nextInt(8), random.nextInt(60), random.nextInt(60)))
                        .toInstant(ZoneOffset.UTC);
                String name = "sample-" + Long.toUnsignedString(random.nextLong(), 36);
                SampleSession session = new SampleSession(patient, name, week, start, random.split());
                // Who begins to lose heart, or to get better, does not do so evenly.
                double share = patient.adherence() * (1 + 0.25 * Math.sin(week / 1.7 + patient.cadenceSpm()));
                if (random.nextDouble() < share && start.plusSeconds(3_600).isBefore(now)) {
                    plans.add(new Planned(patient, session, name));
                }
            }
        }
        return plans;
    }
}

package dev.entrain.clinic.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.sql.Sql;
import dev.entrain.clinic.store.Database;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class SampleDataTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final Database database;
    private final Sql sql;

    SampleDataTest(Database database) {
        this.database = database;
        sql = new Sql(database.source());
    }

    @Test
    void shouldNeverBeMixedWithRealWalksNorPutInTwice() throws Exception {
        sql.update("INSERT INTO unit (unit) VALUES ('real-1')");
        sql.update("INSERT INTO boot (unit, boot) VALUES ('real-1', 'b')");
        sql.update("INSERT INTO session (unit, session, boot_id) SELECT 'real-1', 's', boot_id FROM boot");
        assertThatThrownBy(() -> new SampleData(database).write(1, 6, NOW))
                .isInstanceOf(SampleData.Refused.class)
                .hasMessageContaining("not simulated");

        sql.update("DELETE FROM session");
        SampleData.Summary done = new SampleData(database).write(2, 6, NOW);
        assertThat(sql.query("SELECT 1 FROM session WHERE simulated", row -> row.getInt(1)))
                .hasSize(done.sessions());
        assertThat(sql.query("SELECT 1 FROM dead_letter", row -> row.getInt(1))).isEmpty();
        assertThatThrownBy(() -> new SampleData(database).write(1, 6, NOW)).hasMessageContaining("already");
    }
}

package dev.entrain.clinic.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.ingest.BrokerConfig;
import dev.entrain.clinic.ingest.Receiver;
import dev.entrain.clinic.metrics.Metrics;
import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.EmbeddedDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units by the contract against a real broker, a real database and real receivers, each of which is killed. */
class ExactlyOnceTest {
    private static final long LIMIT_NS = 90_000_000_000L;
    private static final FleetPlan PLAN = new FleetPlan(20, 200_000_000L, 1_500_000_000L);

    @Test
    void shouldStoreEveryRecordOnceWhileReceiversAreKilled(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.in(folder.resolve("db"));
                Database database = Database.open(server.config());
                LoadStage stage = new LoadStage(folder, server);
                Fleet fleet = new Fleet(stage.address(), "killed", PLAN)) {
            Process[] receivers = {stage.startReceiver(), stage.startReceiver()};
            fleet.start();
            fleet.make(true);
            long stored = 0;
            for (int kill = 0; kill < 5; kill++) {
                long before = stored;
                await("records go on", () -> count(database) > before + 200);
                receivers[kill % 2].destroyForcibly().waitFor();
                receivers[kill % 2] = stage.startReceiver();
                stored = count(database);
            }
            settle(fleet);
            assertThat(stored(database)).isEqualTo(fleet.made());
        }
    }

    @Test
    void shouldStoreEveryRecordOnceWhileDatabaseAndBrokerAreKilled(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.in(folder.resolve("db"));
                LoadStage stage = new LoadStage(folder, server);
                Database first = Database.open(server.config());
                Database second = Database.open(server.config());
                Fleet fleet = new Fleet(stage.address(), "restarted", PLAN)) {
            BrokerConfig broker = new BrokerConfig(
                    URI.create("tcp://127.0.0.1:" + stage.address().getPort()), null, BrokerConfig.GROUP);
            Metrics metrics = new Metrics();
            try (Receiver one = new Receiver(broker, first, metrics);
                    Receiver two = new Receiver(broker, second, new Metrics())) {
                one.start();
                two.start();
                fleet.start();
                fleet.make(true);
                for (int kill = 0; kill < 2; kill++) {
                    long before = count(first);
                    await("records go on", () -> count(first) > before + 200);
                    server.kill();
                    await("the receiver notices", () -> metrics.retries.get() > 0);
                    server.restart();
                    long after = count(first);
                    await("records go on", () -> count(first) > after + 200);
                    stage.broker().destroyForcibly().waitFor();
                    stage.restartBroker();
                }
                settle(fleet);
                assertThat(stored(first)).isEqualTo(fleet.made());
                assertThat(metrics.letters.collect().getDataPoints()).isEmpty();
            }
        }
    }

    private static void settle(Fleet fleet) {
        fleet.make(false);
        await("every record is acknowledged", () -> fleet.recordsWaiting() == 0);
        assertThat(fleet.failure()).isNull();
        fleet.close();
    }

    private static void await(String what, BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - startNs).as(what).isLessThan(LIMIT_NS);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static long count(Database database) {
        try {
            return stored(database).values().stream().mapToLong(Long::longValue).sum();
        } catch (SQLException e) {
            return 0;
        }
    }

    private static Map<String, Long> stored(Database database) throws SQLException {
        Map<String, Long> stored = new TreeMap<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT unit, count(*) FROM record JOIN boot USING (boot_id) GROUP BY unit")) {
            while (rows.next()) {
                stored.put(rows.getString(1), rows.getLong(2));
            }
        }
        return stored;
    }
}

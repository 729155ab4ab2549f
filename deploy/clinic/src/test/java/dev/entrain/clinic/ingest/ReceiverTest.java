package dev.entrain.clinic.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.Unit;
import dev.entrain.clinic.load.LoadStage;
import dev.entrain.clinic.metrics.Metrics;
import dev.entrain.clinic.metrics.MetricsText;
import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.EmbeddedDatabase;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverTest {
    private static final String UP = "gait/v1/u-1/up/";

    @Test
    void shouldStoreThenAcknowledgeKeepWhatIsPoisonedAndShowWhatIsLive(@TempDir Path folder) throws Exception {
        BlockingQueue<String> down = new LinkedBlockingQueue<>();
        BlockingQueue<String> live = new LinkedBlockingQueue<>();
        Metrics metrics = new Metrics();
        try (EmbeddedDatabase server = EmbeddedDatabase.temporary();
                Database database = Database.open(server.config());
                LoadStage stage = new LoadStage(folder, server)) {
            BrokerConfig broker = new BrokerConfig(
                    URI.create("tcp://127.0.0.1:" + stage.address().getPort()), null, BrokerConfig.GROUP);
            try (Receiver receiver = new Receiver(broker, database, metrics);
                    MqttLive feed = new MqttLive(broker)) {
                receiver.start();
                feed.start();
                assertThat(receiver.awaitSubscribed(Duration.ofSeconds(20))).isTrue();
                BrokerLine unit = unit(broker, down);
                send(unit, "status", "{\"v\":3,\"boot\":\"b\",\"conn\":1,\"state\":\"online\"}", true);
                try (LiveFeed.Subscription open = feed.subscribe(
                        new Unit("u-1"), (kind, payload) -> live.add(kind + " " + new String(payload, UTF_8)))) {
                    assertThat(next(live)).startsWith("status ");
                    send(
                            unit,
                            "ev",
                            events(0, "{\"seq\":5,\"kind\":\"step\",\"t_ns\":1},{\"seq\":6,\"kind\":7}"),
                            false);
                    assertThat(next(live)).startsWith("ev ");
                    assertThat(open).isNotNull();
                }
                assertThat(next(down)).isEqualTo("ack {\"v\":3,\"boot\":\"b\",\"up_to\":6}");
                send(unit, "ev", events(0, "{\"seq\":5,\"kind\":\"step\",\"t_ns\":1}"), false);
                assertThat(next(down)).isEqualTo("ack {\"v\":3,\"boot\":\"b\",\"up_to\":6}");
                send(unit, "ev", events(6, "{\"seq\":7,\"kind\":\"step\",\"t_ns\":1,}"), false);
                assertThat(next(down)).isEqualTo("ack {\"v\":3,\"boot\":\"b\",\"up_to\":7}");
                send(unit, "ev", "not even an object", false);
                send(unit, "answer", "{\"v\":3,\"boot\":\"b\",\"id\":1,\"result\":\"done\"}", false);
                send(unit, "ev", events(7, "{\"seq\":8,\"kind\":\"step\",\"x\":1e999999}"), false);
                assertThat(next(down)).isEqualTo("ack {\"v\":3,\"boot\":\"b\",\"up_to\":8}");
                assertThat(feed.send(new Unit("u-1"), "cmd", "{}".getBytes(UTF_8), false, 60))
                        .isTrue();
                assertThat(next(down)).isEqualTo("cmd {}");
                unit.end(true);
            }
            assertThat(text(database, "SELECT string_agg(seq::text, ',') FROM record"))
                    .isEqualTo("5");
            assertThat(text(database, "SELECT string_agg(reason, ',' ORDER BY letter_id) FROM dead_letter"))
                    .isEqualTo("bad_record,not_json,not_json,refused");
            assertThat(text(database, "SELECT status ->> 'state' FROM unit_status"))
                    .isEqualTo("online");
            assertThat(text(database, "SELECT body ->> 'result' FROM answer")).isEqualTo("done");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MetricsText(metrics).write(out);
        assertThat(out.toString(UTF_8))
                .contains("entrain_clinic_records_stored_total 1.0")
                .contains("entrain_clinic_dead_letters_total{reason=\"refused\"} 1.0");
    }

    private static BrokerLine unit(BrokerConfig broker, BlockingQueue<String> down) throws InterruptedException {
        BlockingQueue<String> subscribed = new LinkedBlockingQueue<>();
        BrokerLine line = new BrokerLine(
                broker,
                "u-1",
                (from, topic, message) -> {
                    from.complete(message.getId(), message.getQos());
                    down.add(topic.substring(topic.lastIndexOf('/') + 1) + " "
                            + new String(message.getPayload(), UTF_8));
                },
                () -> {});
        line.open();
        for (int i = 0; i < 500 && line.state() == BrokerLine.State.CONNECTING; i++) {
            LockSupport.parkNanos(20_000_000);
        }
        line.subscribe(List.of(new MqttSubscription("gait/v1/u-1/down/+", 1)), () -> subscribed.add("yes"));
        assertThat(next(subscribed)).isEqualTo("yes");
        return line;
    }

    private static void send(BrokerLine unit, String word, String text, boolean retained) throws InterruptedException {
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        MqttMessage message = new MqttMessage(text.getBytes(UTF_8));
        message.setRetained(retained);
        assertThat(unit.publish(UP + word, message, () -> taken.add("yes"))).isTrue();
        assertThat(next(taken)).isEqualTo("yes");
    }

    private static String events(long after, String events) {
        return "{\"v\":3,\"boot\":\"b\",\"after_seq\":" + after + ",\"events\":[" + events + "]}";
    }

    private static @Nullable String next(BlockingQueue<String> queue) throws InterruptedException {
        return queue.poll(20, TimeUnit.SECONDS);
    }

    private static String text(Database database, String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).as(sql).isTrue();
            return String.valueOf(row.getString(1));
        }
    }
}

package dev.entrain.clinic.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.metrics.Metrics;
import dev.entrain.clinic.store.BootKey;
import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.LetterShelf;
import dev.entrain.clinic.store.RecordStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@Timeout(60)
class WriterTest {
    private final Database database;
    private final Inbox inbox = new Inbox();
    private final Acks acks = new Acks();
    private final Metrics metrics = new Metrics();

    WriterTest(Database database) {
        this.database = database;
    }

    @Test
    void shouldStoreWhatCameWithAMessageThatAMistakeOfOursCantDealWith() {
        MessageReader reader = new MessageReader();
        Writer writer = writer(reader);
        for (String unit : new String[] {"u-1", "broken", "u-2"}) {
            inbox.offer(arrival(unit));
        }
        writer.stop();
        writer.run();

        assertThat(acks.poll()).isEqualTo(new Acks.Ack(key("u-1"), 1));
        assertThat(acks.poll()).isEqualTo(new Acks.Ack(key("u-2"), 1));
        assertThat(acks.isEmpty()).isTrue();
        assertThat(metrics.refused.labelValues("mistake").get()).isEqualTo(1);
    }

    /** As the server sees a receiver whose computer was switched off between a lock and its commit. */
    @Test
    void shouldStoreSoonAfterAReceiverVanishedInATransaction() throws Exception {
        Writer writer = writer(new MessageReader());
        inbox.offer(arrival("u-3"));
        writer.stop();
        writer.run();
        assertThat(acks.poll()).isNotNull();
        Connection vanished = database.connection();
        try {
            vanished.setAutoCommit(false);
            try (PreparedStatement lock = vanished.prepareStatement(
                    "SELECT * FROM receipt JOIN boot USING (boot_id) WHERE unit = 'u-3' FOR UPDATE")) {
                lock.executeQuery().close();
            }
            Writer other = writer(new MessageReader());
            inbox.offer(arrival("u-3"));
            Thread writing = Thread.ofPlatform().start(other::run);
            while (acks.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(acks.poll()).isEqualTo(new Acks.Ack(key("u-3"), 1));
            assertThat(other.databaseUp()).isTrue();
            other.stop();
            writing.join();
        } finally {
            vanished.abort(Runnable::run);
        }
    }

    private Writer writer(MessageReader reader) {
        return new Writer(
                new RecordStore(database, LetterShelf.Bounds.USUAL),
                (topic, payload) -> {
                    if (topic.contains("broken")) {
                        throw new IllegalStateException("a mistake of ours");
                    }
                    return reader.read(topic, payload);
                },
                inbox,
                acks,
                metrics,
                () -> {});
    }

    private static BootKey key(String unit) {
        return new BootKey(new Unit(unit), "b");
    }

    private static Arrival arrival(String unit) {
        String text = "{\"v\":3,\"boot\":\"b\",\"after_seq\":0,\"events\":[{\"seq\":1,\"kind\":\"step\",\"t_ns\":1}]}";
        return new Arrival("gait/v1/" + unit + "/up/ev", text.getBytes(UTF_8), null, 1, 1);
    }
}

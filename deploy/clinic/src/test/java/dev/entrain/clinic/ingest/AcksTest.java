package dev.entrain.clinic.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.Unit;
import dev.entrain.clinic.ingest.Acks.Ack;
import dev.entrain.clinic.store.BootKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AcksTest {
    private static final BootKey ONE = new BootKey(new Unit("u-1"), "b");
    private static final BootKey TWO = new BootKey(new Unit("u-2"), "b");

    @Test
    void shouldKeepItsTurnAndTheNewestWhenOneCouldNotBeSent() {
        Acks acks = new Acks();
        acks.add(ONE, 5);
        acks.add(TWO, 7);
        Ack first = Objects.requireNonNull(acks.poll());
        acks.add(ONE, 9);
        acks.putBack(first);

        assertThat(acks.poll()).isEqualTo(new Ack(ONE, 9));
        assertThat(acks.poll()).isEqualTo(new Ack(TWO, 7));
        assertThat(acks.isEmpty()).isTrue();
    }
}

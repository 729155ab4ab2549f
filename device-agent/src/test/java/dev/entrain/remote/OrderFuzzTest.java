package dev.entrain.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.remote.UnitControl.Ask;
import dev.entrain.sim.orders.OrderFuzz;
import dev.entrain.sim.orders.SignedText;
import dev.entrain.telemetry.Inbound;
import dev.entrain.telemetry.Replies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OrderFuzzTest {
    private static final int SHOTS = 100_000;
    private static final long SEED = 20_261_123;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NS_PER_S = 1_000_000_000L;

    @TempDir
    Path dir;

    private final SignedText clinic = new SignedText();
    private final Counters counters = new Counters();
    private final Map<String, Integer> codes = new TreeMap<>();
    private final List<Ask> asked = new ArrayList<>();
    private String refused = "";
    private int answers;

    /** Does whatever it is asked, so that nothing hides behind a refusal of its own. */
    private final UnitControl control = new UnitControl() {
        @Override
        public void ask(Ask ask) {
            asked.add(ask);
        }

        @Override
        public @Nullable Verdict verdict() {
            return Verdict.DONE;
        }

        @Override
        public boolean takeBack() {
            return false;
        }
    };

    private final Replies replies = (leaf, payload, retained) -> {
        try {
            JsonNode message = JSON.readTree(payload);
            if (leaf.equals("answer")) {
                answers++;
                refused = message.path("code").asText();
            } else {
                String rx = message.path("rx").path("refused").path("code").asText();
                refused = refused.isEmpty() ? rx : refused;
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    };

    private void order(ClinicOrders orders, String leaf, String text) {
        orders.onMessage(leaf, text.getBytes(StandardCharsets.UTF_8), Inbound.NEVER, false, replies, 0);
    }

    private ClinicOrders orders() throws Exception {
        Path key = Files.writeString(dir.resolve("clinic.pem"), clinic.publicPem());
        AgentConfig file = AgentConfig.read(
                Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = "/dev/none"
                [telemetry]
                unit = "%s"
                [clinic]
                public_key = '%s'
                """.formatted(dir, SigningClinic.UNIT, key)));
        ClinicOrders orders = new ClinicOrders(file, SigningClinic.BOOT, List::of);
        orders.attach(control, counters);
        orders.begin();
        return orders;
    }

    /** What the unit had before, in order, so that whatever is older is refused. */
    private void takeWhatCounts(ClinicOrders orders, String programme) {
        String unit = SigningClinic.UNIT;
        order(orders, "rx", clinic.order("rx", unit, OrderFuzz.OLD_REV, programme));
        order(orders, "cfg", clinic.order("cfg", unit, OrderFuzz.OLD_REV, "[cue]\ntempo_spm = 100\n"));
        orders.apply();
        orders.proven();
        orders.onMessage(
                "cmd",
                clinic.command(unit, SigningClinic.BOOT, OrderFuzz.OLD_ID, "stop")
                        .getBytes(StandardCharsets.UTF_8),
                5,
                false,
                replies,
                0);
        for (int i = 0; i < 5; i++) {
            orders.doWork(replies, i);
        }
    }

    /** Returns how many of the messages were empty. */
    private int shoot(ClinicOrders orders, OrderFuzz fuzz) {
        long nowNs = 0;
        int empty = 0;
        long mostHeap = 0;
        for (int i = 0; i < SHOTS; i++) {
            OrderFuzz.Shot shot = fuzz.next();
            nowNs += 2 * NS_PER_S;
            refused = "";
            orders.onMessage(shot.leaf(), shot.payload(), shot.expiryS(), false, replies, nowNs);
            orders.doWork(replies, nowNs);
            empty += shot.payload().length == 0 ? 1 : 0;
            String what = shot.leaf().equals("cfg") ? "cfg" : refused;
            codes.merge(what.isEmpty() ? "empty" : what, 1, Integer::sum);
            if (i == 1000 || i == SHOTS - 1) {
                System.gc();
                long heap = Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory();
                assertThat(i == 1000 ? 0 : heap - mostHeap).isLessThan(16L << 20);
                mostHeap = heap;
            }
        }
        return empty;
    }

    @Test
    @Timeout(300)
    void shouldApplyNoneOfAHundredThousandMessagesThatAreNotInOrder() throws Exception {
        String unit = SigningClinic.UNIT;
        ClinicOrders orders = orders();
        String programme = ProgrammeFile.presetText("stroke");
        takeWhatCounts(orders, programme);
        assertThat(asked).containsExactly(Ask.STOP);
        List<String> kept = kept();
        long accepted = counters.get(Counter.ORDERS_ACCEPTED);

        OrderFuzz fuzz = new OrderFuzz(SEED, clinic, unit, SigningClinic.BOOT, programme);
        answers = 0;
        int empty = shoot(orders, fuzz);
        org.tinylog.Logger.info("{} messages, by what was refused (cfg together): {}", SHOTS, codes);
        assertThat(asked).containsExactly(Ask.STOP);
        assertThat(kept()).isEqualTo(kept);
        assertThat(orders.waiting()).isFalse();
        assertThat(counters.get(Counter.ORDERS_ACCEPTED)).isEqualTo(accepted);
        assertThat(counters.get(Counter.COMMANDS_DONE)).isEqualTo(1);
        long all = counters.get(Counter.ORDERS_REFUSED) + counters.get(Counter.COMMANDS_REFUSED) + empty;
        assertThat(all).isEqualTo(SHOTS);
        assertThat(answers + counters.get(Counter.ANSWERS_DROPPED)).isEqualTo(counters.get(Counter.COMMANDS_REFUSED));
        // Every wall was run against.
        assertThat(codes)
                .containsKeys(
                        "too_large",
                        "not_unicode",
                        "not_json",
                        "wrong_field",
                        "wrong_unit",
                        "wrong_hash",
                        "wrong_signature",
                        "old_revision",
                        "wrong_body",
                        "wrong_boot",
                        "old_id",
                        "no_expiry",
                        "expiry_too_long",
                        "unknown_command");
    }

    private List<String> kept() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String name : List.of("rx.json", "cfg.json", "cmd.json")) {
            texts.add(Files.readString(dir.resolve("orders").resolve(name)));
        }
        return texts;
    }
}

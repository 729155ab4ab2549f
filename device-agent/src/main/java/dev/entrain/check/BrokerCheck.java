package dev.entrain.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.agent.RunningAgent;
import dev.entrain.identity.UnitCertificate;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.mqtt.BrokerProbe;
import dev.entrain.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the clinic's broker can be reached: its name, its port, TLS both ways and, while no agent runs, MQTT. A running
 * agent is asked instead: a second connection in its name would put it off the line.
 */
public final class BrokerCheck implements Check {
    private static final String AREA = "broker";
    private static final String NETWORK =
            "Check the unit's network (`ip address`, `ping`) and [telemetry] broker; walks go on without and are sent later";

    private final TelemetryConfig telemetry;
    private final WallClock wall;
    private final @Nullable RunningAgent agent;

    /** Makes one; {@code agent}: that runs, null if none does. */
    public BrokerCheck(TelemetryConfig telemetry, WallClock wall, @Nullable RunningAgent agent) {
        this.telemetry = telemetry;
        this.wall = wall;
        this.agent = agent;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        if (!telemetry.enabled()) {
            return List.of(Finding.skipped(AREA, "address", "telemetry is switched off ([telemetry] enabled)"));
        }
        List<Finding> findings = new ArrayList<>();
        boolean loopback = telemetry.broker().getHost().matches("localhost|127(\\.\\d+){3}|\\[::1]");
        findings.add(
                telemetry.tls() != null || loopback
                        ? Finding.ok(AREA, "address", telemetry.broker().toString())
                        : Finding.warn(
                                AREA,
                                "address",
                                telemetry.broker() + " is not encrypted",
                                "Whoever is on the way can read and change it: use ssl:// (entrain identity)"));
        for (BrokerProbe.Outcome outcome : new BrokerProbe(telemetry, wall).go(agent == null)) {
            findings.add(outcome.good() ? good(outcome) : bad(outcome));
        }
        if (agent != null) {
            told(agent.status().path("broker"), findings);
        }
        return findings;
    }

    private Finding good(BrokerProbe.Outcome outcome) {
        String item = item(outcome.step());
        Instant until = outcome.brokerUntil();
        if (until == null) {
            return Finding.ok(AREA, item, outcome.text());
        }
        String value =
                outcome.text() + " until " + until.atOffset(ZoneOffset.UTC).toLocalDate();
        return Duration.between(wall.now(), until).toDays() < UnitCertificate.WARN_DAYS
                ? Finding.warn(
                        AREA, item, value, "The clinic renews the broker's certificate (deploy/authority issue-broker)")
                : Finding.ok(AREA, item, value);
    }

    private static Finding bad(BrokerProbe.Outcome outcome) {
        String item = item(outcome.step());
        return switch (outcome.step()) {
            case NAME ->
                Finding.fail(AREA, item, outcome.text(), "Correct the host in [telemetry] broker, or: " + NETWORK);
            case LINE ->
                Finding.fail(
                        AREA,
                        item,
                        outcome.text(),
                        "Is the broker running, is the port right, does a firewall stand between? " + NETWORK);
            case TLS -> tls(item, outcome.text());
            case MQTT ->
                Finding.fail(
                        AREA,
                        item,
                        outcome.text(),
                        "Whoever looks after the broker must know unit and certificate (deploy/broker); is the port that of"
                                + " the units?");
        };
    }

    /** TLS tells what is wrong and what to do with a colon between. */
    private static Finding tls(String item, String words) {
        int at = words.indexOf("): ") > 0 ? words.indexOf("): ") + 1 : words.indexOf(": ");
        boolean apart = at > 0 && !words.startsWith("/");
        return apart
                ? Finding.fail(AREA, item, words.substring(0, at), words.substring(at + 2))
                : Words.fail(AREA, item, words, "entrain identity show --config FILE tells more");
    }

    private static String item(BrokerProbe.Step step) {
        return switch (step) {
            case NAME -> "name";
            case LINE -> "port";
            case TLS -> "TLS";
            case MQTT -> "MQTT";
        };
    }

    private static void told(JsonNode broker, List<Finding> to) {
        if (broker.path("connected").asBoolean()) {
            to.add(Finding.ok(AREA, "agent", "connected"));
        } else {
            String problem = broker.path("problem").asText();
            to.add(
                    Finding.fail(
                            AREA,
                            "agent",
                            "not connected" + (problem.isEmpty() ? "" : ": " + problem),
                            "It tries again by itself, every two minutes at the latest; if the lines above are good, wait for that"));
        }
        String trouble = broker.path("records_trouble").asText();
        if (!trouble.isEmpty()) {
            to.add(Words.fail(AREA, "records", trouble, "Whoever looks after the broker sees to it"));
        }
    }
}

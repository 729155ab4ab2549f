package dev.entrain.provision;

import dev.entrain.config.AgentConfig;
import dev.entrain.health.Counters;
import dev.entrain.identity.IdentityException;
import dev.entrain.identity.IdentityFolder;
import dev.entrain.identity.UnitCertificate;
import dev.entrain.journal.BootId;
import dev.entrain.journal.WholeFile;
import dev.entrain.telemetry.LineTrial;
import dev.entrain.telemetry.TelemetryPort;
import dev.entrain.telemetry.mqtt.MqttPort;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/** The unit's name, key and certificate, and the way to the clinic's broker. */
final class ClinicStep implements Step {
    private static final String CA = "clinic-ca.pem";
    private static final String ORDERS_KEY = "clinic.pub";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int CONNECT_LOOKS = 150;
    private static final double LOOK_S = 0.1;
    private static final String LAST_LINE = "-----END CERTIFICATE-----";

    @Override
    public String name() {
        return "clinic";
    }

    @Override
    public String title() {
        return "The clinic: name, certificate, broker";
    }

    @Override
    public String run(Bench bench) throws StepException, QuitException, IOException {
        Console console = bench.console();
        String unit = unitName(bench);
        console.say("This unit is " + unit + ". The name is random and tells nothing of a patient.");
        if (!console.confirm("clinic.report", "Does this unit report to a clinic's broker?", true)) {
            bench.draft().removeAll("telemetry.");
            bench.draft().put("telemetry.unit", unit);
            bench.draft().put("telemetry.enabled", "false");
            return unit + ", reports to nobody";
        }
        URI broker = broker(bench);
        if (broker.getScheme().equals("tcp")) {
            bench.draft().removeAll("telemetry.");
            plain(bench, unit, broker);
            connect(bench, broker);
            return unit + ", " + broker + ", not encrypted";
        }
        Path ca = authority(bench);
        try {
            UnitCertificate certificate = certificate(bench, unit, ca);
            plain(bench, unit, broker);
            IdentityFolder identity = new IdentityFolder(bench.stateDir());
            bench.draft().put("telemetry.ca", ca.toString());
            bench.draft().put("telemetry.certificate", identity.certificate().toString());
            bench.draft().put("telemetry.key", identity.key().toString());
            ordersKey(bench);
            connect(bench, broker);
            return unit + ", " + broker + ", certificate until " + date(certificate.validUntil());
        } catch (IdentityException e) {
            throw new StepException(e.getMessage(), "Then try this step again.");
        }
    }

    private static void plain(Bench bench, String unit, URI broker) {
        bench.draft().put("telemetry.enabled", "true");
        bench.draft().put("telemetry.unit", unit);
        bench.draft().put("telemetry.broker", broker.toString());
    }

    /** The name it has, else a fresh one; kept at once, so that a second attempt asks for the same certificate. */
    private static String unitName(Bench bench) throws StepException, QuitException, IOException {
        String asked = bench.console().unattended() ? bench.console().ask("clinic.unit", "", "") : "";
        String kept = bench.draft().get("telemetry.unit", "");
        String unit = !asked.isEmpty() ? asked : kept.isEmpty() ? IdentityFolder.newName() : kept;
        if (!NAME.matcher(unit).matches()) {
            throw new StepException(
                    "clinic.unit = \"" + unit + "\" is no name of a unit.",
                    "Take 1 to 64 of a-z 0-9 -, or leave it out: a random one is made.");
        }
        bench.draft().put("telemetry.unit", unit);
        bench.state().write();
        return unit;
    }

    private static URI broker(Bench bench) throws StepException, QuitException {
        String kept = bench.draft().get("telemetry.broker", "");
        for (int i = 0; i < Console.MOST_TRIES; i++) {
            String answer = bench.console()
                    .ask("clinic.broker", "Address of the broker, such as ssl://broker.clinic.example:8883", kept)
                    .strip();
            String wrong;
            try {
                URI broker = new URI(answer);
                String scheme = broker.getScheme() == null ? "" : broker.getScheme();
                wrong = scheme.equals("ssl") || scheme.equals("tcp")
                        ? broker.getHost() == null || broker.getPort() < 1
                                ? "Host and port are missing: ssl://HOST:PORT (the port is usually 8883)."
                                : ""
                        : "It begins with ssl:// (or tcp:// where nobody else can listen).";
                if (wrong.isEmpty()) {
                    return broker;
                }
            } catch (URISyntaxException e) {
                wrong = "That is no address: ssl://HOST:PORT.";
            }
            if (bench.console().unattended()) {
                throw new StepException("clinic.broker = \"" + answer + "\": " + wrong, "Correct the file of answers.");
            }
            bench.console().say(wrong);
        }
        throw new StepException("No address of a broker was given.", "Ask the clinic for it.");
    }

    /** Copies a public file of the clinic's beside the configuration. */
    private static Path take(Bench bench, String answer, String name, String mustHold)
            throws StepException, IOException {
        Path from = Path.of(answer.strip());
        if (!Files.isReadable(from) || Files.isDirectory(from)) {
            throw new StepException(
                    from + ": there is no such file, or you may not read it.",
                    "Copy " + name
                            + " from the clinic's authority to this unit (USB stick, scp). Then try this step again.");
        }
        String text = Files.size(from) > 100_000 ? "" : Files.readString(from, StandardCharsets.ISO_8859_1);
        if (!text.contains(mustHold) || text.contains("PRIVATE KEY")) {
            throw new StepException(
                    from + ": this is not the clinic's " + name + " (" + mustHold
                            + " is expected, and no private key).",
                    "Take " + name + " from the clinic's authority. Then try this step again.");
        }
        Path to = bench.configDir().resolve(name);
        if (!from.toAbsolutePath().normalize().equals(to)) {
            Files.createDirectories(bench.configDir());
            WholeFile.replace(to, text);
        }
        return to;
    }

    private static Path authority(Bench bench) throws StepException, QuitException, IOException {
        Path there = bench.configDir().resolve(CA);
        String answer = bench.console()
                .ask(
                        "clinic.ca",
                        "File of the clinic's authority (" + CA + ")",
                        Files.exists(there) ? there.toString() : "");
        return take(bench, answer, CA, "-----BEGIN CERTIFICATE-----");
    }

    private static void ordersKey(Bench bench) throws StepException, QuitException, IOException {
        Path there = bench.configDir().resolve(ORDERS_KEY);
        String answer = bench.console()
                .ask(
                        "clinic.orders_key",
                        "File of the clinic's key for prescriptions (" + ORDERS_KEY + "), empty if it gives none",
                        Files.exists(there) ? there.toString() : "");
        if (!answer.isBlank()) {
            bench.draft()
                    .put(
                            "clinic.public_key",
                            take(bench, answer, ORDERS_KEY, "-----BEGIN PUBLIC KEY-----")
                                    .toString());
        }
    }

    private static UnitCertificate certificate(Bench bench, String unit, Path ca)
            throws StepException, QuitException, IOException {
        Console console = bench.console();
        IdentityFolder identity = new IdentityFolder(bench.stateDir());
        Instant now = WallClock.SYSTEM.now();
        if (identity.inUse() && !identity.waiting()) {
            UnitCertificate own = UnitCertificate.read(identity.certificate());
            boolean good = own.name().equals(unit) && now.isBefore(own.validUntil());
            if (good
                    && console.confirm(
                            "clinic.keep_certificate",
                            "There is a certificate until " + date(own.validUntil()) + ". Keep it?",
                            true)) {
                return own;
            }
        }
        if (!identity.waiting()) {
            identity.makeKey(false);
            new Owner(bench.stateDir()).handOver();
        }
        Path request = bench.stateDir().resolve(unit + ".csr");
        WholeFile.replace(request, identity.request(unit));
        console.say("The key was made here and stays here. Its request for a certificate: " + request);
        if (console.unattended()) {
            String copy = console.ask("clinic.request", "", "");
            if (!copy.isEmpty()) {
                Files.writeString(Path.of(copy), identity.request(unit));
            }
        } else {
            console.say(identity.request(unit).strip());
            console.say("At the clinic's authority: deploy/authority issue --csr " + unit + ".csr");
        }
        Path certificate = certificateFile(bench, unit);
        try {
            UnitCertificate told = UnitCertificate.read(certificate);
            if (now.isAfter(told.validUntil())) {
                throw new StepException(
                        "This certificate ended on " + date(told.validUntil()) + "; today is " + date(now)
                                + " by this unit's clock.",
                        "Is the date right (date)? If so, have the request signed again: " + request);
            }
            if (now.isBefore(told.validFrom())) {
                throw new StepException(
                        "This certificate counts from " + date(told.validFrom()) + "; this unit's clock says "
                                + date(now) + ".",
                        "Set the clock: timedatectl set-ntp true, with a network. Then try this step again.");
            }
            UnitCertificate taken = identity.accept(certificate, ca, unit);
            Files.deleteIfExists(request);
            console.say("The certificate belongs to this unit's key and is signed by the clinic. Valid until "
                    + date(taken.validUntil()) + ".");
            return taken;
        } finally {
            Files.deleteIfExists(bench.stateDir().resolve("provision-certificate.pem"));
            new Owner(bench.stateDir()).handOver();
        }
    }

    private static Path certificateFile(Bench bench, String unit) throws StepException, QuitException, IOException {
        Console console = bench.console();
        if (!console.unattended()) {
            int how = console.choose(
                    "",
                    "The certificate that the authority made of it",
                    List.of("is in a file", "I paste it here", "comes later"),
                    0);
            if (how == 1) {
                Path file = bench.stateDir().resolve("provision-certificate.pem");
                return Files.writeString(
                        file, console.paste("Paste it, from -----BEGIN to the line " + LAST_LINE, LAST_LINE));
            }
            if (how == 2) {
                throw new StepException(
                        "The certificate is not there yet; key and request are kept.",
                        "When it is there: entrain provision --step clinic --step config --step walk");
            }
        }
        String named = console.ask("clinic.certificate", "Path of the file", unit + ".pem")
                .strip();
        Path file = Path.of(named);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new StepException(
                    file + ": there is no such file, or you may not read it.",
                    "Have " + bench.stateDir().resolve(unit + ".csr")
                            + " signed (deploy/authority issue --csr), copy the result here, then try this step again.");
        }
        return file;
    }

    private static void connect(Bench bench, URI broker) throws StepException, QuitException, IOException {
        Console console = bench.console();
        String boot = BootId.read(BootId.KERNEL_FILE);
        new Service(bench.tools()).makeWay(console);
        bench.<Boolean>withDraft((file, config) -> {
            try (LineTrial line = trial(config, boot)) {
                for (int i = 0; i < CONNECT_LOOKS && line.link() == TelemetryPort.Link.CONNECTING; i++) {
                    console.progress("Connecting to " + broker, (double) i / CONNECT_LOOKS);
                    console.pause(LOOK_S);
                }
                console.progress("Connecting to " + broker, 1);
                if (line.link() != TelemetryPort.Link.UP || !line.trouble().isEmpty()) {
                    throw new StepException(
                            "The broker " + broker + " did not take this unit: "
                                    + (line.trouble().isEmpty() ? "it does not answer" : line.trouble()),
                            "Check address and port, the network (ping " + broker.getHost()
                                    + "), and ask the clinic whether its broker runs. Then try this step again.");
                }
                return true;
            }
        });
        console.say("The broker took this unit.");
    }

    static LineTrial trial(AgentConfig config, String boot) {
        return new LineTrial(
                new MqttPort(config.telemetry(), new Counters(), WallClock.SYSTEM),
                config.telemetry().unit(),
                boot);
    }

    private static String date(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}

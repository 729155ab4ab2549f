package dev.entrain.remote;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.health.Counters;
import dev.entrain.telemetry.Inbound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A unit's end of the line: real files, a clock moved by hand, a control thread that answers as it is told. */
final class Unit implements UnitControl {
    static final String STROKE;
    static final String PARKINSON;

    static {
        try {
            STROKE = ProgrammeFile.presetText("stroke");
            PARKINSON = ProgrammeFile.presetText("parkinson");
        } catch (ConfigException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final SigningClinic clinic;
    final Path folder;
    final Mailbox mail = new Mailbox();
    final List<String> log = new ArrayList<>();
    final List<Ask> asks = new ArrayList<>();
    final Counters counters = new Counters();
    ClinicOrders orders;
    AgentConfig file;

    @Nullable
    Verdict verdict = Verdict.DONE;

    boolean hangs;
    private boolean open;
    private long nowNs;

    Unit(Path folder) throws IOException, ConfigException {
        this(folder, new SigningClinic(), true);
    }

    Unit(Path folder, SigningClinic clinic, boolean knowsClinic) throws IOException, ConfigException {
        this.folder = folder;
        this.clinic = clinic;
        Path key = clinic.publicKey(folder.resolve("clinic.pem"));
        file = AgentConfig.read(Files.writeString(folder.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = "/dev/none"
                [telemetry]
                unit = "%s"
                %s
                """.formatted(
                        folder.resolve("state"),
                        SigningClinic.UNIT,
                        knowsClinic ? "[clinic]\npublic_key = '" + key + "'" : "")));
        orders = restart();
    }

    /** The process begins anew on the same files. */
    ClinicOrders restart() throws ConfigException {
        orders = new ClinicOrders(file, SigningClinic.BOOT, () -> log);
        orders.attach(this, counters);
        return orders;
    }

    /** What a life between walks does: what waits is begun with and proves itself. */
    InForce apply() {
        InForce wanted = orders.apply();
        orders.proven();
        pass(2);
        return wanted == null ? orders.begin() : wanted;
    }

    void order(String leaf, byte[] payload) {
        orders.onMessage(leaf, payload, Inbound.NEVER, true, mail, nowNs);
        pass(2);
    }

    void order(String leaf, String text) {
        order(leaf, text.getBytes(StandardCharsets.UTF_8));
    }

    void command(byte[] payload, long expiryS) {
        orders.onMessage("cmd", payload, expiryS, false, mail, nowNs);
        pass(0.02);
    }

    void command(long id, String name) {
        command(clinic.command(id, name), 30);
    }

    void pass(double seconds) {
        long untilNs = nowNs + Math.round(seconds * 1e9);
        while (untilNs - nowNs > 0) {
            nowNs = Math.min(untilNs, nowNs + 10_000_000L);
            orders.doWork(mail, nowNs);
        }
    }

    @Override
    public void ask(Ask ask) {
        asks.add(ask);
        open = true;
    }

    @Override
    public @Nullable Verdict verdict() {
        if (hangs) {
            return null;
        }
        open = false;
        return verdict;
    }

    @Override
    public boolean takeBack() {
        boolean was = open;
        open = false;
        return was;
    }
}

package dev.entrain.clinic.cli;

import dev.entrain.clinic.Unit;
import dev.entrain.clinic.account.Accounts;
import dev.entrain.clinic.account.Passwords;
import dev.entrain.clinic.account.Role;
import dev.entrain.clinic.sample.SampleData;
import dev.entrain.clinic.sql.Sql;
import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.DatabaseException;
import dev.entrain.clinic.store.EmbeddedDatabase;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A clinic to look at, forgotten when it ends. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Serves a clinic to look at: a database of its own with 12 weeks of simulated patients, and an account of",
            "each role with a password made up at the start and printed. All of it is gone when it ends."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int WEEKS = 12;
    private static final long SEED = 6;
    private static final String PATIENT = "DEMO";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Mixin
    private WebOptions web = new WebOptions();

    @Option(
            names = "--unit",
            required = true,
            paramLabel = "NAME",
            description = "The unit that walks in the demo; its patient's code is " + PATIENT + ".")
    private String unit = "";

    @Override
    public Integer call() throws Refused, InterruptedException {
        Unit walking = named(unit);
        try (Serving serving = new Serving(spec.commandLine().getOut());
                EmbeddedDatabase server = EmbeddedDatabase.temporary();
                Database database = Database.open(server.config())) {
            ClinicFile file = ClinicFile.read(null);
            fill(database, walking);
            serving.receiveAndShow(broker.broker(file), web.web(file), web.signer(file), database);
        } catch (DatabaseException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private static Unit named(String unit) throws Refused {
        try {
            return new Unit(unit);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private void fill(Database database, Unit walking) throws Refused {
        Sql sql = new Sql(database.source());
        Clock clock = Clock.systemUTC();
        try {
            new SampleData(database).write(WEEKS, SEED, clock.instant());
        } catch (SampleData.Refused | SQLException e) {
            throw new Refused("The simulated patients can't be stored: " + e.getMessage());
        }
        sql.update("INSERT INTO unit (unit) VALUES (?)", walking.name());
        sql.update("INSERT INTO patient (code) VALUES (?)", PATIENT);
        sql.update("INSERT INTO assignment (unit, code) VALUES (?, ?)", walking.name(), PATIENT);
        Accounts accounts = new Accounts(sql, new Passwords(), clock);
        PrintWriter out = spec.commandLine().getOut();
        for (Role role : Role.values()) {
            String password = password();
            try {
                accounts.add(role.word(), role, password);
            } catch (Accounts.Refused e) {
                throw new Refused(String.valueOf(e.getMessage()));
            }
            out.println("log-in: " + role.word() + " " + password);
        }
    }

    /** Four groups of five of 32 signs that are not mistaken for each other: 100 bits. */
    private static String password() {
        String signs = "abcdefghijkmnpqrstuvwxyz23456789";
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append(i > 0 && i % 5 == 0 ? "-" : "").append(signs.charAt(random.nextInt(signs.length())));
        }
        return text.toString();
    }
}

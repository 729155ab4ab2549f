package dev.entrain.clinic.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.entrain.clinic.account.Account;
import dev.entrain.clinic.account.Accounts;
import dev.entrain.clinic.account.Audit;
import dev.entrain.clinic.account.Passwords;
import dev.entrain.clinic.account.Role;
import dev.entrain.clinic.sql.Sql;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Who may log in to the page. Whoever may run this manages accounts; the page has no account that may. */
@Command(name = "account", mixinStandardHelpOptions = true, description = "Who may log in to the page.")
final class AccountCommand {
    private static final String NAME = "Name of the account: a-z, 0-9, '.', '_', '@', '-'.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", scope = ScopeType.INHERIT, description = "clinic.toml")
    private @Nullable Path config;

    /** What to do with the accounts. */
    @FunctionalInterface
    private interface Work {
        void on(Accounts accounts) throws Accounts.Refused, Refused;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Adds an account; its password is asked for, or is the first line of the input.")
    int add(
            @Mixin DatabaseOptions database,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(
                            names = "--role",
                            required = true,
                            description = "clinician (sees patients' codes) or technician (sees units only)")
                    String role)
            throws Refused {
        Role of;
        try {
            of = Role.of(role);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
        return change(database, "add", name, accounts -> accounts.add(name, of, password()));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the accounts.")
    int list(@Mixin DatabaseOptions database) throws Refused {
        try (DatabaseOptions.Opened opened = database.open(ClinicFile.read(config))) {
            List<Account> all = accounts(new Sql(opened.database().source())).list();
            PrintWriter out = spec.commandLine().getOut();
            for (Account account : all) {
                out.printf(
                        "%-32s %-10s %s%n",
                        account.name(), account.role().word(), account.disabled() ? "disabled" : "");
            }
            if (all.isEmpty()) {
                out.println("There is no account yet: entrain-clinic account add NAME --role clinician");
            }
            out.flush();
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes an account; what it did stays in the audit.")
    int remove(@Mixin DatabaseOptions database, @Parameters(paramLabel = "NAME", description = NAME) String name)
            throws Refused {
        return change(database, "remove", name, accounts -> accounts.remove(name));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Gives an account a new password, asked for or the first line of the input; ends its log-ins.")
    int password(@Mixin DatabaseOptions database, @Parameters(paramLabel = "NAME", description = NAME) String name)
            throws Refused {
        return change(database, "password", name, accounts -> accounts.password(name, password()));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lets nobody log in with an account, and ends its log-ins.")
    int disable(
            @Mixin DatabaseOptions database,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--undo", description = "Lets log in again.") boolean undo)
            throws Refused {
        return change(database, undo ? "enable" : "disable", name, accounts -> accounts.disable(name, !undo));
    }

    private int change(DatabaseOptions database, String what, String name, Work work) throws Refused {
        try (DatabaseOptions.Opened opened = database.open(ClinicFile.read(config))) {
            Sql sql = new Sql(opened.database().source());
            work.on(accounts(sql));
            new Audit(sql, Clock.systemUTC())
                    .write(
                            "command-line",
                            Audit.What.ACCOUNT,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("account", name)
                                    .put("change", what));
        } catch (Accounts.Refused e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private static Accounts accounts(Sql sql) {
        return new Accounts(sql, new Passwords(), Clock.systemUTC());
    }

    /** Never from the arguments: every user of the computer can read those. */
    private static String password() throws Refused {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isPresent()) {
            Console console = terminal.get();
            char[] first = console.readPassword("Password (%d characters or more): ", Passwords.SHORTEST);
            char[] again = console.readPassword("Again: ");
            if (first == null || again == null || !Arrays.equals(first, again)) {
                throw new Refused("The two were not the same; nothing was changed.");
            }
            return new String(first);
        }
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = in.readLine();
            if (line == null) {
                throw new Refused(
                        "No password came: type it at a terminal, or give it as the first line of the input.");
            }
            return line;
        } catch (IOException e) {
            throw new Refused("The password can't be read: " + e.getMessage());
        }
    }
}

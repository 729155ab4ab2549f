package dev.entrain.clinic.cli;

import dev.entrain.clinic.sql.Sql;
import dev.entrain.clinic.store.ForgottenTitles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the titles of a patient's songs out of the database, for one who no longer wants the clinic to have them. */
@Command(
        name = "forget-titles",
        mixinStandardHelpOptions = true,
        description = {
            "Takes every song title out of what a patient's units told and will tell; hashes and figures stay.",
            "Run it again after a backup was put back that is older than its last run."
        })
final class ForgetTitlesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CODE", description = "The patient's code.")
    private String code = "";

    @Option(names = "--undo", description = "He agreed anew: keep the titles of what begins from now on.")
    private boolean undo;

    @Option(names = "--config", paramLabel = "FILE", description = "clinic.toml")
    private @Nullable Path config;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws Refused {
        try (DatabaseOptions.Opened opened = database.open(ClinicFile.read(config))) {
            Sql sql = new Sql(opened.database().source());
            if (sql.first("SELECT 1 FROM patient WHERE code = ?", row -> row.getInt(1), code) == null) {
                throw new Refused(
                        "There is no patient of the code '" + code + "'. The page's list of patients has all.");
            }
            spec.commandLine().getOut().println(undo ? remember(opened) : forget(opened));
        }
        return 0;
    }

    private String forget(DatabaseOptions.Opened opened) throws Refused {
        try {
            long gone = ForgottenTitles.forget(opened.database(), code);
            return "Titles forgotten: " + gone + " playings. What comes late or again is stored without titles too. Set"
                    + " share_titles = false on the units of " + code + ": then none leaves them.";
        } catch (SQLException e) {
            throw new Refused("Nothing was forgotten: " + e.getMessage() + ". Run this again.");
        }
    }

    private String remember(DatabaseOptions.Opened opened) throws Refused {
        try {
            return ForgottenTitles.remember(opened.database(), code) == 0
                    ? "Titles of " + code + " were not being forgotten; nothing was changed."
                    : "Titles of what begins from now on are kept. What was forgotten stays so.";
        } catch (SQLException e) {
            throw new Refused("Nothing was changed: " + e.getMessage() + ". Run this again.");
        }
    }
}

package dev.entrain.clinic.cli;

import dev.entrain.clinic.sql.Sql;
import java.nio.file.Path;
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
        description = "Takes every song title out of what a patient's units told; hashes and figures stay.")
final class ForgetTitlesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CODE", description = "The patient's code.")
    private String code = "";

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
            Long gone = sql.first("SELECT forget_titles(?)", row -> row.getLong(1), code);
            spec.commandLine()
                    .getOut()
                    .println("Titles forgotten: " + gone + " playings. Set share_titles = false on the units of " + code
                            + ", or they tell titles again.");
        }
        return 0;
    }
}

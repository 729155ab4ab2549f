package dev.entrain.cli;

import dev.entrain.audio.LevelSetting;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.exposure.ExposureReport;
import dev.entrain.exposure.ExposureWatch;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain exposure}. */
@Command(
        name = "exposure",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the sound dose of the last 7 days, day by day, the level and whether the headphones are calibrated.",
            "100 % is 40 hours at 80 dB(A) in 7 days (WHO-ITU H.870)."
        })
final class ExposureCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
    private Path config = Path.of("");

    @Override
    public Integer call() throws IOException, ConfigException {
        AgentConfig read = AgentConfig.read(config);
        ExposureReport report = ExposureReport.read(read.stateDir(), WallClock.SYSTEM, ZoneId.systemDefault());
        LevelSetting level = LevelSetting.of(
                read.audio(),
                new CalibrationStore(read.stateDir()).read(read.audio().device()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(level.notice());
        out.println("Day          dose       at most, where the headphones were not calibrated");
        for (ExposureReport.Day day : report.days()) {
            out.printf(Locale.ROOT, "%s %6.2f %%   %s%n", day.date(), day.percent(), assumed(day.assumedPercent()));
        }
        out.printf(Locale.ROOT, "7 days     %6.2f %%   %s%n", report.percent(), assumed(report.assumedPercent()));
        if (report.assumedPercent() > 0) {
            out.printf(
                    Locale.ROOT,
                    "What is counted apart takes the headphones to be as loud as %.0f dB SPL at full scale; the real dose"
                            + " is most likely far less.%n",
                    ExposureWatch.ASSUMED_FULL_SCALE_DB_SPL);
        }
        if (report.attenuationDb() > 0) {
            out.printf(
                    Locale.ROOT,
                    "100 %% was reached %s; all sound is %.0f dB softer than set.%n",
                    report.timesReached() == 1 ? "once" : report.timesReached() + " times",
                    report.attenuationDb());
        }
        if (!report.clockRight()) {
            out.println(
                    "It is not known yet whether the unit's clock is right; days may be told later than they were.");
        }
        out.println(
                Files.exists(report.file())
                        ? "From " + report.file()
                        : "Nothing was ever kept in " + report.file() + ". Is this the agent's state_dir?");
        out.flush();
        return 0;
    }

    private static String assumed(double percent) {
        return percent > 0 ? String.format(Locale.ROOT, "%6.2f %%", percent) : "";
    }
}

package dev.entrain.provision;

import dev.entrain.check.SystemFiles;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.JournalSnapshot;
import dev.entrain.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a unit as if it had never been anybody's: its configuration, name, key, calibrations, what the clinic ordered, and every
 * walk it kept are removed. Each deletion can be repeated, so a reset that was interrupted is ended by another.
 */
public final class UnitReset {
    private static final int DEPTH = 8;

    /** What a unit keeps in its state folder. A name that ends with a star stands for all that begin so. */
    private static final List<String> KEPT = List.of(
            "provision*",
            "identity",
            "orders",
            "sessions",
            "raw",
            "journal.*",
            "music",
            "outputs.json*",
            "exposure.json*",
            "unit-report.*",
            "test-walk-*",
            "*.csr");

    private final Console console;
    private final SystemFiles host;
    private final HostTools tools;
    private final Path config;
    private final Path stateDir;

    /** Touches nothing yet; see {@link Provisioner}. */
    public UnitReset(Console console, SystemFiles host, HostTools tools, Path config, Path stateDir) {
        this.console = console;
        this.host = host;
        this.tools = tools;
        this.config = config.toAbsolutePath().normalize();
        this.stateDir = stateDir.toAbsolutePath().normalize();
    }

    /**
     * Asks, then removes.
     *
     * @param sure whether not to ask
     * @param force whether to remove walks that the clinic does not have yet
     * @return whether it was done
     * @throws StepException if walks wait, or something cannot be removed
     */
    public boolean run(boolean sure, boolean force) throws StepException, QuitException, IOException {
        long waiting = waiting();
        if (waiting > 0 && !force) {
            throw reportsToNobody()
                    ? new StepException(
                            waiting + " records of walks are on this unit alone, as it reports to nobody, and would be"
                                    + " lost.",
                            "Keep the sessions that matter: entrain session export. Then give up the rest: --force")
                    : new StepException(
                            waiting + " records of walks wait for the clinic and would be lost.",
                            "Connect the unit and let the agent run until `entrain journal status` shows 0 waiting."
                                    + " Or give them up: --force");
        }
        console.say("This removes configuration, name, key, calibrations, songs and every walk in " + stateDir + ".");
        console.say(
                waiting > 0 ? waiting + " records the clinic does not have are lost." : "The clinic has every record.");
        if (!sure && !console.confirm("", "Remove all of it?", false)) {
            console.say("Nothing was removed.");
            return false;
        }
        String unit = unit();
        Service service = new Service(tools);
        if (service.known() && !service.disable() && service.running()) {
            throw new StepException("The agent does not stop.", "Stop it: systemctl stop " + Service.UNIT);
        }
        List<Path> found = new ArrayList<>();
        // The configuration first: without it no agent starts, whatever else is still there.
        found.add(config);
        for (String name : List.of(config.getFileName() + ".bak", "clinic-ca.pem", "clinic.pub")) {
            found.add(config.resolveSibling(name));
        }
        if (tools.installed()) {
            found.add(host.at(UdevRules.FILE));
        }
        found.addAll(kept());
        int removed = 0;
        for (Path file : found) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                remove(file);
                console.say("Removed: " + file);
                removed++;
            }
        }
        if (tools.installed()) {
            tools.run(List.of("udevadm", "control", "--reload"));
        }
        console.say(
                removed == 0
                        ? "There was nothing to remove."
                        : "The unit is nobody's. The clinic revokes its certificate: deploy/authority revoke " + unit);
        return true;
    }

    private String unit() throws IOException {
        return chosen("telemetry.unit", "NAME");
    }

    private boolean reportsToNobody() throws IOException {
        return chosen("telemetry.enabled", "true").equals("false");
    }

    private String chosen(String key, String otherwise) throws IOException {
        try {
            return ProvisionState.read(stateDir).draft().get(key, otherwise);
        } catch (StepException e) {
            return otherwise; // A damaged file goes with the rest.
        }
    }

    private long waiting() throws StepException, IOException {
        if (!Files.exists(stateDir.resolve(SqliteJournal.FILE))) {
            return 0;
        }
        Path copy = Files.createTempDirectory("entrain-journal-");
        try (JournalReader reader = SqliteJournal.openReadOnly(JournalSnapshot.copy(stateDir, copy))) {
            return reader.waiting();
        } catch (JournalException e) {
            console.say("The journal cannot be read: " + e.getMessage());
            return 1;
        } finally {
            remove(copy);
        }
    }

    private List<Path> kept() throws IOException {
        if (!Files.isDirectory(stateDir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(stateDir)) {
            return files.filter(file -> ours(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean ours(String name) {
        for (String pattern : KEPT) {
            boolean fits = pattern.endsWith("*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : pattern.startsWith("*") ? name.endsWith(pattern.substring(1)) : name.equals(pattern);
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private static void remove(Path file) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(file, DEPTH)) {
            all = files.toList().reversed();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}

package dev.entrain.provision;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.journal.WholeFile;
import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives the lines names that stay and writes the unit's configuration, whole or not at all. */
final class ConfigStep implements Step {
    private static final int LINK_LOOKS = 50;
    private static final double LOOK_S = 0.1;

    @Override
    public String name() {
        return "config";
    }

    @Override
    public String title() {
        return "Writing the configuration";
    }

    @Override
    public String run(Bench bench) throws StepException, QuitException, IOException {
        Draft draft = bench.draft();
        if (draft.all().keySet().stream().noneMatch(key -> key.startsWith("sensor."))) {
            throw new StepException(
                    "No sensor is set up yet, and a unit needs one.",
                    "Do these steps first: entrain provision --step sensors --step side");
        }
        if (draft.get("telemetry.enabled") == null && !Files.exists(bench.config())) {
            draft.put("telemetry.enabled", "false"); // The clinic's step was left out: there is no broker to try.
        }
        try {
            nameLines(bench);
            return write(bench);
        } catch (AccessDeniedException e) {
            throw new StepException(
                    e.getFile() + " cannot be written by you.", "Run it as root: sudo entrain provision");
        } catch (FileSystemException e) {
            throw new StepException(
                    (e.getFile() == null ? bench.config().toString() : e.getFile()) + " cannot be written: "
                            + reason(e),
                    "Is the disk full (df -h) or read-only (mount)? The old configuration is as it was.");
        }
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }

    private static String write(Bench bench) throws StepException, IOException {
        Path file = bench.config();
        Files.createDirectories(bench.configDir());
        String text = ConfigText.of(bench);
        Path trial = Files.writeString(bench.stateDir().resolve("provision-config.toml"), text);
        try {
            AgentConfig.read(trial);
        } catch (ConfigException e) {
            throw new StepException(
                    new StepException(e, "").what().replace(trial.toString(), file.toString()),
                    "Correct this line of the old configuration, or move the file away. Then try this step again.");
        } finally {
            Files.deleteIfExists(trial);
        }
        boolean old = Files.exists(file);
        if (old && Files.readString(file).equals(text)) {
            return file + " is as it should be already";
        }
        if (old) {
            Path backup = file.resolveSibling(file.getFileName() + ".bak");
            Files.copy(file, backup, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        WholeFile.replace(file, text);
        bench.console().say("Written: " + file + (old ? " (the old one is " + file.getFileName() + ".bak)" : ""));
        return file + " written";
    }

    /** Writes the rules for udev, and has the configuration use the names if they come. */
    private static void nameLines(Bench bench) throws QuitException, IOException {
        if (!bench.tools().installed()) {
            return;
        }
        Map<Foot, UdevRules.UsbDevice> devices = new EnumMap<>(Foot.class);
        for (Foot foot : Foot.values()) {
            String line = bench.draft().get("provision.sensor." + foot.word() + ".line");
            if (line != null && bench.draft().get("sensor." + foot.word() + ".port") != null) {
                UdevRules.UsbDevice device = UdevRules.device(bench.host(), Path.of(line));
                if (device != null) {
                    devices.put(foot, device);
                }
            }
        }
        String rules = UdevRules.text(devices);
        if (rules.isEmpty()) {
            return;
        }
        Path file = bench.host().at(UdevRules.FILE);
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file is in a folder"));
        WholeFile.replace(file, rules);
        bench.console().say("Written: " + file);
        bench.tools().run(List.of("udevadm", "control", "--reload"));
        bench.tools().run(List.of("udevadm", "trigger", "--subsystem-match=tty"));
        for (Foot foot : devices.keySet()) {
            useName(bench, foot);
        }
    }

    private static void useName(Bench bench, Foot foot) throws QuitException {
        String name = "/dev/entrain-" + foot.word();
        for (int i = 0; i < LINK_LOOKS && !Files.exists(bench.host().at(name)); i++) {
            bench.console().pause(LOOK_S);
        }
        if (Files.exists(bench.host().at(name))) {
            bench.draft().put("sensor." + foot.word() + ".port", name);
            bench.console().say(name + " is there.");
        } else {
            bench.console()
                    .say(name + " did not come; the configuration keeps "
                            + bench.draft().get("sensor." + foot.word() + ".port") + ".");
        }
    }
}

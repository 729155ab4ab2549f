package dev.entrain.provision;

import dev.entrain.check.Check;
import dev.entrain.check.Finding;
import dev.entrain.check.Programs;
import dev.entrain.check.SystemFiles;
import dev.entrain.device.BoardFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The computer: model, system, Java, what this user may do, disk, clock. Changes nothing. */
final class BoardCheck implements Check {
    private static final String AREA = "board";
    private static final long NEEDED_MB = 600;
    private static final long WISHED_MB = 1500;
    private static final int RT_PRIORITY = 70;
    private static final Pattern DEBIAN = Pattern.compile("ID=\"?(debian|raspbian)\"?");
    private static final Pattern NEW_ENOUGH = Pattern.compile("VERSION_ID=\"?(1[3-9]|[2-9][0-9])\\b.*");
    private static final Pattern SPACE = Pattern.compile("\\s{2,}");

    private final SystemFiles host;
    private final HostTools tools;
    private final Path stateDir;

    BoardCheck(SystemFiles host, HostTools tools, Path stateDir) {
        this.host = host;
        this.tools = tools;
        this.stateDir = stateDir;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        List<Finding> found = new ArrayList<>();
        BoardFacts board = BoardFacts.read(host.root());
        found.add(model(board));
        found.add(system(board));
        found.add(java());
        found.add(user());
        found.add(realTime());
        found.add(disk());
        found.add(clock());
        Finding agent = agent();
        if (agent != null) {
            found.add(agent);
        }
        return found;
    }

    private static Finding model(BoardFacts board) {
        String model = Objects.requireNonNullElse(board.model(), "no Raspberry Pi");
        if (board.raspberryPi()) {
            return Finding.ok(AREA, "model", model);
        }
        return Finding.warn(
                AREA,
                "model",
                model + " (" + board.machine() + ")",
                "Serial sensors and sound work here; I2C sensors, button and light need a Raspberry Pi.");
    }

    private Finding system(BoardFacts board) {
        String told = Objects.requireNonNullElse(board.os(), "unknown system");
        List<String> release = host.lines("etc/os-release");
        if (release.stream().anyMatch(DEBIAN.asMatchPredicate())
                && release.stream().anyMatch(NEW_ENOUGH.asMatchPredicate())) {
            return Finding.ok(AREA, "system", told);
        }
        return Finding.warn(
                AREA, "system", told, "Entrain is made for Debian 13 and Raspberry Pi OS 13 (trixie); others may do.");
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String told = "Java " + Runtime.version();
        return feature >= 25
                ? Finding.ok(AREA, "Java", told)
                : Finding.fail(AREA, "Java", told, "Install Java 25: apt install openjdk-25-jre-headless");
    }

    private Finding user() {
        String user = System.getProperty("user.name", "?");
        if (user.equals("root")) {
            return Finding.ok(AREA, "user", "root: may write everything");
        }
        return Finding.warn(
                AREA,
                "user",
                user + ": not root",
                "Run it as root (sudo entrain provision), or it cannot write /etc/entrain and the rules for the sensors.");
    }

    private Finding realTime() {
        String user = System.getProperty("user.name", "?");
        if (user.equals("root")) {
            return Finding.ok(AREA, "real time", "root may take it; the service gives it to the agent");
        }
        for (String line : host.lines("proc/self/limits")) {
            String[] columns = SPACE.split(line, -1);
            if (columns[0].equals("Max realtime priority") && columns.length > 1) {
                boolean enough = columns[1].equals("unlimited") || Integer.parseInt(columns[1].strip()) >= RT_PRIORITY;
                return enough
                        ? Finding.ok(AREA, "real time", "priority up to " + columns[1])
                        : Finding.warn(
                                AREA,
                                "real time",
                                "priority up to " + columns[1] + ", wanted " + RT_PRIORITY,
                                "The service has it. For walks by hand: 'rtprio 70' in /etc/security/limits.d.");
            }
        }
        return Finding.skipped(AREA, "real time", "the kernel does not say");
    }

    private Finding disk() {
        try {
            long freeMb = Files.getFileStore(stateDir).getUsableSpace() >> 20;
            String told = String.format(Locale.ROOT, "%,d MB free for %s", freeMb, stateDir);
            if (freeMb < NEEDED_MB) {
                return Finding.fail(
                        AREA, "disk", told, "Free space: " + NEEDED_MB + " MB are needed for journal and log.");
            }
            return freeMb < WISHED_MB
                    ? Finding.warn(
                            AREA, "disk", told, "Take a larger card, or free space, before it is worn for weeks.")
                    : Finding.ok(AREA, "disk", told);
        } catch (IOException e) {
            return Finding.fail(
                    AREA, "disk", stateDir + " cannot be looked at", "Is the file system mounted? See: df " + stateDir);
        }
    }

    private Finding clock() {
        if (Files.exists(host.at("run/systemd/timesync/synchronized"))) {
            return Finding.ok(AREA, "clock", "set over the network");
        }
        Programs.@Nullable Answer said = tools.run(List.of("timedatectl", "show", "-p", "NTPSynchronized", "--value"));
        if (said != null && said.status() == 0 && said.text().strip().equals("yes")) {
            return Finding.ok(AREA, "clock", "set over the network");
        }
        return Finding.warn(
                AREA,
                "clock",
                "not set over the network, as far as known",
                "Check the date (date). A wrong one makes good certificates look ended.");
    }

    private @Nullable Finding agent() {
        return new Service(tools).running()
                ? Finding.warn(
                        AREA,
                        "agent",
                        "the agent runs and has sensors and sound card for itself",
                        "It is stopped for the steps that need them, after asking.")
                : null;
    }
}

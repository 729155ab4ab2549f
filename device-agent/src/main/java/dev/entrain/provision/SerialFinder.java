package dev.entrain.provision;

import dev.entrain.check.SystemFiles;
import dev.entrain.sensor.serial.SerialLine;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks on every serial line a sensor may hang on. Used by one thread. */
final class SerialFinder implements SensorFinder {
    private static final String LINES = "{ttyUSB,ttyACM,ttyAMA,rfcomm}*";

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final List<String> further;

    /**
     * Looks at nothing yet.
     *
     * @param further lines to look at besides those that are found by their names
     */
    SerialFinder(List<String> further) {
        this.further = List.copyOf(further);
    }

    @Override
    public Result find(Bench bench) throws QuitException {
        List<FoundSensor> found = new ArrayList<>();
        List<String> told = new ArrayList<>();
        List<String> lines = lines(bench.host());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            bench.console().progress("Looking at " + line, (double) i / lines.size());
            bench.console().pause(0);
            SerialProbe.Result result =
                    new SerialProbe(line, speed -> new SerialLine(Path.of(line), speed), NanoClock.SYSTEM).look();
            if (result.sensor() == null) {
                told.add(line + ": " + result.problem());
            } else {
                found.add(result.sensor());
            }
        }
        if (!lines.isEmpty()) {
            bench.console().progress("Looking at " + lines.getLast(), 1);
        }
        return new Result(found, told);
    }

    /** Returns the lines there are, by the name that stays where they have one, each device once. */
    List<String> lines(SystemFiles host) {
        Map<Path, String> byDevice = new LinkedHashMap<>();
        for (Path link : host.list("dev/serial/by-id", "*")) {
            byDevice.putIfAbsent(real(link), link.toString());
        }
        // The kernel talks there, no insole.
        Set<String> consoles = host.lines("sys/class/tty/console/active").stream()
                .flatMap(BLANKS::splitAsStream)
                .collect(Collectors.toSet());
        for (Path line : host.list("dev", LINES)) {
            if (!consoles.contains(line.getFileName().toString())) {
                byDevice.putIfAbsent(real(line), line.toString());
            }
        }
        for (String line : further) {
            if (!line.isBlank()) {
                byDevice.putIfAbsent(real(Path.of(line)), line);
            }
        }
        return List.copyOf(byDevice.values());
    }

    private static Path real(Path line) {
        try {
            return line.toRealPath();
        } catch (IOException e) {
            return line; // Not there: told when it is opened.
        }
    }
}

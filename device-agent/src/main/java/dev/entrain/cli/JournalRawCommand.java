package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.journal.RawFolder;
import dev.entrain.journal.RawRecording;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain journal raw}. */
@Command(
        name = "raw",
        mixinStandardHelpOptions = true,
        description = "Writes a session's raw readings as recordings that `entrain replay` takes, one for each start of"
                + " the agent.")
final class JournalRawCommand implements Callable<Integer> {
    private static final int MOST_PARTS = 99;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private JournalCopy copy = new JournalCopy();

    @Parameters(paramLabel = "SESSION", description = "The session's name.")
    private String session = "";

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder that receives recording.csv.")
    private Path to = Path.of("");

    @Override
    public Integer call() throws IOException, ConfigException {
        if (!session.matches("[a-z0-9-]{1,64}")) {
            throw new IOException(session + ": not a session's name; `entrain session list` shows them");
        }
        List<Path> parts = parts(new RawFolder(copy.stateDir()));
        if (parts.isEmpty()) {
            throw new IOException(
                    session + ": no raw readings are kept of it: [journal] raw_mb was 0, or they gave way");
        }
        Files.createDirectories(to);
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < parts.size(); i++) {
            Path file = to.resolve(i == 0 ? "recording.csv" : "recording-" + (i + 1) + ".csv");
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString(), null, "choose another folder");
            }
            out.println(file + ": " + write(parts.get(i), file));
        }
        out.flush();
        return 0;
    }

    private List<Path> parts(RawFolder folder) {
        List<Path> parts = new ArrayList<>();
        for (int part = 1; part <= MOST_PARTS; part++) {
            Path file = folder.file(part == 1 ? session : session + "." + part);
            if (Files.exists(file)) {
                parts.add(file);
            }
        }
        return parts;
    }

    private static String write(Path from, Path file) throws IOException {
        long readings = 0;
        try (RawRecording recording = new RawRecording(from)) {
            Map<String, String> header = new LinkedHashMap<>();
            recording.header().lines().forEach(line -> {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    header.put(line.substring(0, colon), line.substring(colon + 2));
                }
            });
            try (RecordingWriter writer = new RecordingWriter(file, header, recording.originNs())) {
                ImuSample sample = new ImuSample();
                while (recording.next(sample)) { // Ends with the file.
                    writer.write(sample);
                    readings++;
                }
            }
            return readings + " readings" + (recording.torn() ? "; the last seconds are missing" : "");
        }
    }
}

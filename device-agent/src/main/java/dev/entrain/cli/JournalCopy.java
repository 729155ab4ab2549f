package dev.entrain.cli;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.JournalSnapshot;
import dev.entrain.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the journal is, as options of a command, and a look into a copy of it. */
final class JournalCopy {
    @Option(names = "--state", paramLabel = "DIR", description = "The unit's state folder. Default: state.")
    private @Nullable Path state;

    @Option(names = "--config", paramLabel = "FILE", description = "The unit's configuration: uses its state folder.")
    private @Nullable Path config;

    /** What is done with the copy. */
    interface Look {
        int into(JournalReader reader) throws IOException;
    }

    /** Returns the state folder. */
    Path stateDir() throws ConfigException {
        if (state != null) {
            return state;
        }
        return config == null ? Path.of("state") : AgentConfig.read(config).stateDir();
    }

    /** Copies the journal to a folder of its own, looks, and removes the copy. */
    int look(Look look) throws IOException, ConfigException {
        Path from = stateDir();
        Path folder = Files.createTempDirectory("entrain-journal");
        try (JournalReader reader = SqliteJournal.openReadOnly(JournalSnapshot.copy(from, folder))) {
            return look.into(reader);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}

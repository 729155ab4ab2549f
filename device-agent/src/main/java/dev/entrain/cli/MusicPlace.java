package dev.entrain.cli;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.music.MusicException;
import dev.entrain.music.library.ShelfEntry;
import dev.entrain.music.library.SongShelf;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which unit's songs are meant, as options of a command. */
final class MusicPlace {
    private static final Path INSTALLED = Path.of("/etc/entrain/agent.toml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The unit's configuration. Default: /etc/entrain/agent.toml where there is one.")
    private @Nullable Path config;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The unit's state folder instead. Default without any configuration: state.")
    private @Nullable Path state;

    /**
     * Returns the shelf that is meant.
     *
     * @throws MusicException if this user may not look at the unit's configuration: another shelf would be a wrong one
     */
    SongShelf shelf() throws ConfigException, MusicException {
        return shelf(INSTALLED);
    }

    SongShelf shelf(Path installed) throws ConfigException, MusicException {
        if (state != null) {
            return new SongShelf(state);
        }
        Path file = config == null ? installed : config;
        if (config == null && Files.notExists(file)) {
            return new SongShelf(Path.of("state"));
        }
        if (!Files.isReadable(file) && !Files.notExists(file)) {
            throw new MusicException(file
                    + ": permission denied. The songs of this unit are its agent's: type sudo before entrain music");
        }
        return new SongShelf(AgentConfig.read(file).stateDir());
    }

    /**
     * Returns the song that is meant.
     *
     * @param name see {@link SongShelf#entry}
     * @throws MusicException if there is none, or more than one
     */
    static ShelfEntry find(SongShelf shelf, String name) throws MusicException {
        return shelf.entry(name)
                .orElseThrow(() -> new MusicException("no song is called \"" + name + "\" in " + shelf.folder()
                        + "; entrain music list tells which there are"));
    }
}

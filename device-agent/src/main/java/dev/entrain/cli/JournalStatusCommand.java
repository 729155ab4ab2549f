package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.journal.BootClock;
import dev.entrain.journal.ClockWatch;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RawFolder;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code entrain journal status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what the journal holds, what waits for the clinic, and what is known of the time.")
final class JournalStatusCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private JournalCopy copy = new JournalCopy();

    @Override
    public Integer call() throws IOException, ConfigException {
        Path state = copy.stateDir();
        return copy.look(reader -> {
            PrintWriter out = spec.commandLine().getOut();
            tell(out, state, reader);
            out.flush();
            return 0;
        });
    }

    private static void tell(PrintWriter out, Path state, JournalReader reader) throws IOException {
        RawFolder raw = new RawFolder(state);
        out.printf(
                Locale.ROOT,
                "size      %.1f MB and %.1f MB of log; raw recordings: %d, %.1f MB%n",
                size(state.resolve(SqliteJournal.FILE)),
                size(state.resolve(SqliteJournal.FILE + "-wal")),
                raw.files().size(),
                raw.bytes() / MEGABYTE);
        out.println("records   "
                + reader.counts().entrySet().stream()
                        .map(kind -> kind.getKey() + " " + kind.getValue())
                        .collect(Collectors.joining(", ")));
        List<KeptSession> sessions = reader.sessions();
        @Nullable KeptSession open = reader.openSession();
        out.println("sessions  " + sessions.size() + (open == null ? "" : "; in progress: " + open.id()));
        out.println("waiting   " + reader.waiting() + " for the clinic; newest " + reader.lastSeq());
        for (JournalReader.Boot boot : reader.boots()) {
            BootClock.Utc utc = reader.clock(boot.id()).utc(boot.firstNs());
            out.println("boot      " + boot.id() + " from " + boot.firstSeq() + "; the clinic has "
                    + (boot.ackedSeq() < boot.firstSeq() ? "nothing of it" : "up to " + boot.ackedSeq()) + "; "
                    + (utc == null ? "its time is not known" : "first seen " + utc.utc() + within(utc.errorS())));
        }
    }

    private static String within(double errorS) {
        return errorS >= ClockWatch.UNKNOWN_ERROR_S
                ? ", but nobody kept the clock"
                : String.format(Locale.ROOT, " within %.3f s", errorS);
    }

    private static double size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) / MEGABYTE : 0;
    }
}

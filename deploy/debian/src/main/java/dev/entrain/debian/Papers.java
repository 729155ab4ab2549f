package dev.entrain.debian;

import dev.entrain.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the papers from the command line's own model, so that they can't tell anything else. */
public final class Papers {
    private static final DateTimeFormatter DEBIAN_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

    private Papers() {}

    /**
     * Writes {@code entrain.1.gz}, {@code entrain} (completion) and {@code changelog.gz}.
     *
     * @param args the package's version, the build's time stamp (ISO 8601), the folder, made if missing
     */
    public static void main(String[] args) throws IOException {
        String version = args[0];
        Instant built = Instant.parse(args[1]);
        Path folder = Files.createDirectories(Path.of(args[2]));
        CommandLine entrain = new CommandLine(Main.class);
        zip(folder.resolve("entrain.1.gz"), new ManualPage(entrain).text(version, built.atOffset(ZoneOffset.UTC)));
        Files.writeString(folder.resolve("entrain"), AutoComplete.bash("entrain", entrain));
        zip(folder.resolve("changelog.gz"), """
                entrain (%s) trixie; urgency=medium

                  * Built from Entrain's sources; what changed stands in their CHANGELOG.md.

                 -- Entrain maintainers <entrain@example.org>  %s
                """.formatted(version, DEBIAN_DATE.format(built.atOffset(ZoneOffset.UTC))));
    }

    /** The same text gives the same bytes: no name and no time goes into the header. */
    private static void zip(Path file, String text) throws IOException {
        try (OutputStream out = new Best(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Best extends GZIPOutputStream {
        Best(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}

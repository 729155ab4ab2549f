package dev.entrain.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles the C reference implementation with the machine's compiler and holds it against the Java one. */
class ReferenceFirmwareTest {
    private static final Path FIRMWARE = Path.of("firmware");
    private static final Path BUILD = Path.of("target", "firmware");
    private static final List<String> STRICT =
            List.of("-std=c99", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wconversion");
    private static final List<String> SANITIZERS =
            List.of("-fsanitize=address,undefined", "-fno-sanitize-recover=undefined");
    private static final long SEED = 20261122;
    private static final int STREAM_BYTES = 2_000_000;

    @TempDir
    static Path scratch;

    private static boolean sanitizersWork;

    @BeforeAll
    static void findCompiler() throws IOException, InterruptedException {
        Files.createDirectories(BUILD);
        Path probe = Files.writeString(scratch.resolve("probe.c"), "int main(void) { return 0; }\n");
        Outcome plain = run(List.of(compiler(), probe.toString(), "-o", scratch.resolve("probe") + ""), null);
        assertThat(plain.status)
                .as("the C compiler '%s' works: %s", compiler(), plain.text)
                .isZero();
        List<String> sanitized = new ArrayList<>(List.of(compiler()));
        sanitized.addAll(SANITIZERS);
        sanitized.addAll(List.of(probe.toString(), "-o", scratch.resolve("probe") + ""));
        sanitizersWork =
                run(sanitized, null).status == 0 && run(List.of(scratch.resolve("probe") + ""), null).status == 0;
    }

    @Test
    void shouldPassEveryGoldenVectorInC() throws IOException, InterruptedException {
        Path program = compile("test_vectors");
        Outcome outcome = run(List.of(program.toString(), GoldenVector.FILE.toString()), null);
        assertThat(outcome.text.strip()).isEqualTo(GoldenVector.all().size() + " vectors passed, 0 failed");
        assertThat(outcome.status).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"device", "host"})
    void shouldHearTheSameInAnyBytesAsJava(String origin) throws IOException, InterruptedException {
        byte[] stream = corruptedVectors(origin.equals("host"));
        Path input = Files.write(scratch.resolve(origin + ".bin"), stream);

        Outcome c = run(List.of(compile("dump_stream").toString(), origin), input);

        assertThat(c.status).as(c.text).isZero();
        List<String> java = decode(stream, origin.equals("host"));
        assertThat(c.text.lines().toList()).as("seed " + SEED).isEqualTo(java);
        assertThat(java).hasSizeGreaterThan(3_000);
        assertThat(java.getLast()).doesNotContain("bad=0");
    }

    private static List<String> decode(byte[] stream, boolean fromHost) {
        List<String> lines = new ArrayList<>();
        if (fromHost) {
            CommandDecoder decoder = new CommandDecoder();
            decoder.accept(stream, 0, stream.length, 0, new WritingCommandSink(lines));
            lines.add("END frames=" + decoder.frames() + " bad=" + decoder.framesBad() + " skipped="
                    + decoder.bytesSkipped());
        } else {
            EntrainDecoder decoder = new EntrainDecoder();
            decoder.accept(stream, 0, stream.length, 0, new WritingMessageSink(lines));
            lines.add("END frames=" + decoder.frames() + " bad=" + decoder.framesBad() + " skipped="
                    + decoder.bytesSkipped());
        }
        return lines;
    }

    /** Golden frames of both ends in random order, first clean, then ever more damaged, and noise at the end. */
    private static byte[] corruptedVectors(boolean fromHost) {
        SplittableRandom random = new SplittableRandom(SEED + (fromHost ? 1 : 0));
        CorruptedStream corruption = new CorruptedStream(random);
        List<byte[]> frames =
                GoldenVector.all().stream().map(GoldenVector::wire).toList();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        double[] damage = {0, 0.0005, 0.002, 0.01, 0.05};
        for (double perByte : damage) {
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            while (part.size() < STREAM_BYTES / (damage.length + 1)) {
                part.writeBytes(frames.get(random.nextInt(frames.size())));
            }
            stream.writeBytes(corruption.of(part.toByteArray(), perByte));
        }
        byte[] noise = new byte[STREAM_BYTES / (damage.length + 1)];
        random.nextBytes(noise);
        stream.writeBytes(noise);
        return stream.toByteArray();
    }

    private static Path compile(String program) throws IOException, InterruptedException {
        Path binary = BUILD.resolve(program);
        List<String> command = new ArrayList<>(List.of(compiler()));
        command.addAll(STRICT);
        if (sanitizersWork) {
            command.addAll(SANITIZERS);
        }
        try (Stream<Path> files = Files.list(FIRMWARE)) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".c"))
                    .sorted()
                    .forEach(command::add);
        }
        command.add(FIRMWARE.resolve("test").resolve(program + ".c").toString());
        command.addAll(List.of("-o", binary.toString()));
        Outcome outcome = run(command, null);
        assertThat(outcome.status).as("compiling: " + outcome.text).isZero();
        return binary;
    }

    private static String compiler() {
        String chosen = System.getenv("CC");
        return chosen == null || chosen.isBlank() ? "cc" : chosen;
    }

    private record Outcome(int status, String text) {}

    private static Outcome run(List<String> command, @Nullable Path input) throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return fail(
                    "cannot run " + command.getFirst() + ". The reference firmware is tested with a C compiler: install"
                            + " one (Debian: apt-get install gcc libc6-dev) or name it in the environment variable CC.",
                    e);
        }
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return fail(command.getFirst() + " did not end within 120 s");
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.US_ASCII));
    }
}

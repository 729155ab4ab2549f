package dev.entrain.safety;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * deploy/safety/prove: takes each rule out of a copy of the sources, compiles them all, runs the rule's test over the
 * result, and demands that it fails; unchanged it must pass. Works in a folder of its own; the checkout is not touched.
 * Started in device-agent with the tests' class path, with the scratch folder as its argument.
 */
public final class Prove {
    private static final Path ROOT = Path.of("..");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final int LONGEST_TEST_S = 120;

    private final Path scratch;

    private Prove(Path scratch) {
        this.scratch = scratch;
    }

    /** Proves all removals; exit status 1 if one survives. */
    public static void main(String[] args) throws Exception {
        boolean proven = new Prove(Path.of(args[0])).all();
        System.exit(proven ? 0 : 1);
    }

    private boolean all() throws Exception {
        boolean proven = true;
        for (Removals.Removal removal : Removals.read(ROOT)) {
            String verdict = verdict(removal);
            proven &= verdict.equals("fails without it");
            System.out.printf("%-26s %-28s %s%n    %s%n", removal.rule(), verdict, removal.test(), removal.fragment());
        }
        System.out.println(proven ? "Every rule is proven." : "Not every rule is proven; see the table.");
        return proven;
    }

    private String verdict(Removals.Removal removal) throws Exception {
        int found = removal.occurrences(ROOT);
        if (found != 1) {
            return "fragment found " + found + " times";
        }
        Path classes = Files.createDirectories(scratch.resolve("classes"));
        if (run(removal.test(), classes) != OneTest.PASSED) {
            return "fails with it, too";
        }
        Path changed = scratch.resolve("changed");
        delete(changed);
        copy(removal, changed);
        Path mutated = Files.createDirectories(changed.resolve("classes"));
        if (!compile(changed.resolve("java"), mutated)) {
            return "does not compile";
        }
        int status = run(removal.test(), mutated);
        return status == OneTest.FAILED
                ? "fails without it"
                : status == OneTest.PASSED ? "SURVIVES" : "did not run (" + status + ")";
    }

    private static void copy(Removals.Removal removal, Path to) throws IOException {
        Path target = ROOT.resolve(removal.file()).toRealPath();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve("java").resolve(SOURCES.relativize(file));
                Files.createDirectories(copy.getParent());
                String text = Files.readString(file);
                boolean hit = file.toRealPath().equals(target);
                Files.writeString(copy, hit ? text.replace(removal.fragment(), removal.replacement()) : text);
            }
        }
    }

    private static boolean compile(Path sources, Path classes) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> args.add(file.toString()));
        }
        return ToolProvider.getSystemJavaCompiler().run(null, null, null, args.toArray(String[]::new)) == 0;
    }

    private int run(String test, Path first) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        first + File.pathSeparator + System.getProperty("java.class.path"),
                        OneTest.class.getName(),
                        "dev.entrain." + test)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("test.log").toFile())
                .start();
        if (!process.waitFor(LONGEST_TEST_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return OneTest.NONE;
        }
        return process.exitValue();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

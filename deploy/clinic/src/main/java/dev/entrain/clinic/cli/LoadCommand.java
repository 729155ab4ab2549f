package dev.entrain.clinic.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Puts emulated units on the way to the clinic and counts what arrives. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Emulated units through a real broker and receivers.")
final class LoadCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Refused {
        throw new Refused("not yet");
    }
}

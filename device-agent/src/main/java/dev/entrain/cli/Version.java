package dev.entrain.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which build this is. */
final class Version implements IVersionProvider {
    /** Returns the version written into the jar, or {@code development} for classes run from a checkout. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"entrain " + number(), "Java " + Runtime.version()};
    }
}

package dev.entrain.importing;

import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Healthy walkers with instep sensors and a u-turn (Voisard et al., IPOL 2023, article 497). Each foot is a text table
 * of packets; packets that the radio lost are not in it, and the reference counts packets, not rows.
 */
final class VoisardOriginal implements Original {
    private static final String LEFT = "_lf.txt";
    private static final String RIGHT = "_rf.txt";
    private static final String RATE_LINE = "Acquisition frequency:";

    @Override
    public About about() {
        return new About(
                "voisard",
                "voisard2023",
                "19 healthy walkers, 110 trials with a u-turn, XSens MTw on each instep, 100 Hz, real packet loss",
                "https://doi.org/10.5201/ipol.2023.497 (GaitData.zip), or https://github.com/CyrilVoisard/ipol_dataset_1",
                "AGPL-3.0",
                "initial and final contacts from two published algorithms, checked by hand; u-turn",
                "GaitData/<subject>-<trial>_lf.txt, _rf.txt and .json");
    }

    @Override
    public List<TrialSource> trials(Path source) throws IOException {
        List<TrialSource> trials = new ArrayList<>();
        for (Path left : SourceFiles.ending(source, LEFT)) {
            String file = SourceFiles.nameOf(left);
            String name = file.substring(0, file.length() - LEFT.length());
            trials.add(TrialSource.of(name, () -> read(left, name)));
        }
        return trials;
    }

    private static Trial read(Path left, String name) throws IOException {
        Path plain = left.resolveSibling(name + ".json");
        Path other = left.resolveSibling(name + "_meta.json"); // so in the authors' repository
        JsonFile meta = new JsonFile(Files.exists(other) && !Files.exists(plain) ? other : plain);
        double rateHz = rate(left);
        Trial trial = new Trial(name, rateHz, false)
                .fact("subject", meta.text("Subject"))
                .fact("group", "healthy")
                .fact("truth", "two published algorithms + manual check");
        readFoot(left, Foot.LEFT, trial);
        readFoot(left.resolveSibling(name + RIGHT), Foot.RIGHT, trial);
        if (meta.has("UTurnBoundaries")) {
            trial.fact("uturn", List.of(seconds(meta.pair("UTurnBoundaries"), rateHz)));
        }
        if (meta.has("TrialBoundaries")) {
            trial.fact("bounds", seconds(meta.pair("TrialBoundaries"), rateHz));
        }
        addEvents(meta.pairs("LeftFootEvents"), 'L', trial);
        addEvents(meta.pairs("RightFootEvents"), 'R', trial);
        return trial;
    }

    private static double rate(Path file) throws IOException {
        try (TextTable table = new TextTable(file, '\t')) {
            List<String> first = table.line();
            String text = first == null ? "" : first.getFirst();
            if (text.startsWith(RATE_LINE) && text.endsWith("Hz")) {
                try {
                    return Double.parseDouble(text.substring(RATE_LINE.length(), text.length() - 2)
                            .strip());
                } catch (NumberFormatException e) {
                    throw table.wrong("\"" + RATE_LINE + " 100 Hz\", found \"" + text + "\"");
                }
            }
            throw table.wrong("\"" + RATE_LINE + " 100 Hz\"; is this the file the dataset describes?");
        }
    }

    private static void readFoot(Path file, Foot foot, Trial trial) throws IOException {
        try (TextTable table = new TextTable(file, '\t')) {
            table.headerStarting("PacketCounter");
            int packet = table.column("PacketCounter");
            int[] accColumns = table.columns("Acc_X", "Acc_Y", "Acc_Z");
            int[] gyrColumns = table.columns("Gyr_X", "Gyr_Y", "Gyr_Z");
            double[] acc = new double[3];
            double[] gyr = new double[3];
            while (table.next()) {
                // XSens gives m/s2 with gravity and rad/s.
                if (table.vector(accColumns, 1, acc) && table.vector(gyrColumns, 1, gyr)) {
                    trial.add(foot, table.whole(packet), acc, gyr);
                }
            }
        }
    }

    private static void addEvents(List<long[]> swings, char foot, Trial trial) {
        for (long[] swing : swings) {
            trial.add(new Trial.Event(swing[0] / trial.rateHz(), foot, "FC"));
            trial.add(new Trial.Event(swing[1] / trial.rateHz(), foot, "IC"));
        }
    }

    private static List<Double> seconds(long[] samples, double rateHz) {
        return List.of(samples[0] / rateHz, samples[1] / rateHz);
    }
}

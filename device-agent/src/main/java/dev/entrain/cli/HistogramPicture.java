package dev.entrain.cli;

import dev.entrain.cuetest.CueTestResult.Spread;
import java.io.PrintWriter;
import java.util.Locale;

/** A histogram as lines of at most 79 characters: one class for each doubling, gaps included, the bar by share. */
final class HistogramPicture {
    private static final int BAR = 44;
    private static final int MOST_CLASSES = 21;
    private static final long FIRST_NS = 1_000;

    private HistogramPicture() {}

    /** Prints a title with the count and a line for each class from the first to the last that holds any. */
    static void print(PrintWriter out, String title, Spread spread) {
        out.println(title + " (" + spread.count() + ")");
        long[] counts = new long[MOST_CLASSES];
        for (Spread.Step step : spread.classes()) {
            counts[classOf(step.upperNs())] += step.count();
        }
        int first = 0;
        while (first < MOST_CLASSES - 1 && counts[first] == 0) {
            first++;
        }
        int last = MOST_CLASSES - 1;
        while (last > first && counts[last] == 0) {
            last--;
        }
        long most = 1;
        for (long count : counts) {
            most = Math.max(most, count);
        }
        for (int i = first; i <= last && spread.count() > 0; i++) {
            int filled = (int) Math.round((double) counts[i] * BAR / most);
            String bar = filled == 0 && counts[i] > 0 ? "." : "#".repeat(filled);
            String share = counts[i] == 0 ? "" : share(100.0 * counts[i] / spread.count());
            out.println(String.format(Locale.ROOT, "  up to %8s %8d %7s %s", size(FIRST_NS << i), counts[i], share, bar)
                    .stripTrailing());
        }
    }

    /** Writes a length of time to three or four digits. */
    static String size(long ns) {
        if (ns < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f us", ns * 1e-3);
        }
        return ns < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f ms", ns * 1e-6)
                : String.format(Locale.ROOT, "%.2f s", ns * 1e-9);
    }

    private static int classOf(long upperNs) {
        int index = 0;
        while (index < MOST_CLASSES - 1 && upperNs > (FIRST_NS << index) + FIRST_NS / 2) {
            index++;
        }
        return index;
    }

    private static String share(double percent) {
        return percent < 0.1 ? "<0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }
}

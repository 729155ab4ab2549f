package dev.entrain.importing;

import java.util.List;

/** The datasets that can be imported. */
public final class Originals {
    private Originals() {}

    /** Returns one importer per dataset. */
    public static List<Original> all() {
        return List.of(
                new GaitmapOriginal(),
                new VoisardOriginal(),
                new TruongOriginal(),
                new TripodOriginal(),
                new StanfordOriginal(),
                new PyshoeOriginal());
    }
}

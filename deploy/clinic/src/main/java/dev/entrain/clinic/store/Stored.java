package dev.entrain.clinic.store;

import java.util.List;
import java.util.Map;

/**
 * What a commit did.
 *
 * @param upTo for every boot of the parcels, the end of what is covered without a hole; 0 is nothing to acknowledge
 * @param fresh records stored for the first time
 * @param duplicates records that were there already
 * @param letters dead letters kept, repeated ones too
 * @param full parcels left out because there was no room for their dead letters; nothing of them counts as stored
 */
public record Stored(Map<BootKey, Long> upTo, int fresh, int duplicates, List<DeadLetter> letters, List<Parcel> full) {}

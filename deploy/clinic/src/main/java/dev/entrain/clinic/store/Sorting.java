package dev.entrain.clinic.store;

import static java.util.Objects.requireNonNull;

import dev.entrain.clinic.store.Parcel.Coverage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Tells new records from those that are there, within the lock of the receipts. */
final class Sorting {
    private final Map<BootKey, Integer> boots;
    private final Receipts receipts;
    private final Map<Integer, Map<Long, NewRecord>> seen = new HashMap<>();
    private final List<Placed> maybeStored = new ArrayList<>();
    private final IdentityHashMap<Parcel, List<DeadLetter>> letters = new IdentityHashMap<>();
    private final List<Placed> fresh = new ArrayList<>();
    private final List<Coverage> coverage = new ArrayList<>();
    private int duplicates;

    private Sorting(Map<BootKey, Integer> boots, Receipts receipts) {
        this.boots = boots;
        this.receipts = receipts;
    }

    static Sorting of(Connection on, List<Parcel> parcels, Map<BootKey, Integer> boots, Receipts receipts)
            throws SQLException {
        Sorting sorting = new Sorting(boots, receipts);
        for (Parcel parcel : parcels) {
            sorting.add(parcel);
        }
        // A number that is covered was stored, or its record gave way on the unit: the table knows which. One that
        // comes
        // although it had given way is stored all the same.
        RecordTable.compare(on, sorting.maybeStored, sorting::conflict, sorting::missing);
        return sorting;
    }

    List<Placed> fresh() {
        return fresh;
    }

    int duplicates() {
        return duplicates;
    }

    Map<Parcel, List<DeadLetter>> letters() {
        return letters;
    }

    List<Coverage> coverage() {
        return coverage;
    }

    private void add(Parcel parcel) {
        letters.put(parcel, new ArrayList<>(parcel.letters()));
        Coverage covered = parcel.coverage();
        if (covered == null) {
            return;
        }
        coverage.add(covered);
        int bootId = requireNonNull(boots.get(covered.key()));
        for (NewRecord record : parcel.records()) {
            Placed placed = new Placed(parcel, covered.key(), bootId, record);
            NewRecord twin = seen.computeIfAbsent(bootId, id -> new HashMap<>()).putIfAbsent(record.seq(), record);
            if (twin != null) {
                duplicates++;
                if (!twin.equals(record)) {
                    conflict(placed);
                }
            } else if (receipts.covers(bootId, record.seq())) {
                duplicates++;
                maybeStored.add(placed);
            } else {
                fresh.add(placed);
            }
        }
    }

    private void missing(Placed placed) {
        duplicates--;
        fresh.add(placed);
    }

    private void conflict(Placed placed) {
        NewRecord record = placed.record();
        String session = record.session() == null ? "null" : "\"" + record.session() + "\"";
        String came = "{\"seq\":" + record.seq() + ",\"kind\":\"" + record.kind() + "\",\"session\":" + session
                + ",\"t_ns\":" + record.timeNs() + ",\"body\":" + record.body() + "}";
        requireNonNull(letters.get(placed.parcel()))
                .add(new DeadLetter(
                        placed.key().unit().name(),
                        placed.parcel().topic(),
                        DeadLetter.Reason.CONFLICT,
                        "record " + record.seq() + " of boot " + placed.key().boot()
                                + " is stored with another content",
                        came.getBytes(StandardCharsets.UTF_8)));
    }
}

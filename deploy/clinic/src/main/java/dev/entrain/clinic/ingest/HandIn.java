package dev.entrain.clinic.ingest;

import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.LetterShelf;
import dev.entrain.clinic.store.Parcel;
import dev.entrain.clinic.store.RecordStore;
import dev.entrain.clinic.store.UnitNews;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Stores messages that no broker brought, read and stored as one's from a broker are; for sample data. For one thread. */
public final class HandIn {
    private static final int AT_ONCE = 100;

    private final MessageReader reader = new MessageReader();
    private final RecordStore store;

    /**
     * One message.
     *
     * @param topic gait/v1/{unit}/up/...
     * @param payload by the contract
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared by value, and never changed.
    public record Message(String topic, byte[] payload) {}

    /** Stores in a database. */
    public HandIn(Database database) {
        store = new RecordStore(database, LetterShelf.Bounds.USUAL);
    }

    /**
     * Stores messages in their order.
     *
     * @throws SQLException if the database failed; some may be stored, and all can be stored again
     * @throws IllegalArgumentException if one is not as the contract says
     */
    public void store(List<Message> messages) throws SQLException {
        List<Parcel> parcels = new ArrayList<>();
        List<UnitNews> news = new ArrayList<>();
        for (Message message : messages) {
            MessageReader.Read read = reader.read(message.topic(), message.payload());
            Parcel parcel = read.parcel();
            if (parcel != null && !parcel.letters().isEmpty()) {
                throw new IllegalArgumentException(
                        "not by the contract: " + parcel.letters().getFirst().detail());
            }
            if (parcel != null) {
                parcels.add(parcel);
            }
            if (read.news() != null) {
                news.add(read.news());
            }
            if (parcels.size() + news.size() >= AT_ONCE) {
                store.store(parcels, news);
                parcels = new ArrayList<>();
                news = new ArrayList<>();
            }
        }
        store.store(parcels, news);
    }
}

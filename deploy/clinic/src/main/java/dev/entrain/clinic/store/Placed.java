package dev.entrain.clinic.store;

/**
 * A record with the boot it belongs to.
 *
 * @param parcel the message that brought it
 */
record Placed(Parcel parcel, BootKey key, int bootId, NewRecord record) {}

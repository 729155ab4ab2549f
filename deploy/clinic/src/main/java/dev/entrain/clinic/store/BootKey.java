package dev.entrain.clinic.store;

import dev.entrain.clinic.Unit;

/**
 * One boot of one unit: what sequence numbers and monotonic times belong to.
 *
 * @param boot the unit's name for it
 */
public record BootKey(Unit unit, String boot) implements Comparable<BootKey> {
    @Override
    public int compareTo(BootKey other) {
        int byUnit = unit.name().compareTo(other.unit.name());
        return byUnit != 0 ? byUnit : boot.compareTo(other.boot);
    }
}

package dev.entrain.protocol.witmotion;

/** Reads the sensor's calendar: year from 2000, month, day, hour, minute, second, milliseconds. Realtime-safe. */
final class ChipTime {
    /** Not a time. */
    static final long INVALID = -1;

    private ChipTime() {}

    /** Returns milliseconds since 1 January 2000, or {@link #INVALID} if a field is out of its range. */
    static long millis(byte[] bytes, int at) {
        int year = bytes[at] & 0xff;
        // A clock that was never set may count from month 0, day 0.
        int month = Math.max(1, bytes[at + 1] & 0xff);
        int day = Math.max(1, bytes[at + 2] & 0xff);
        int hour = bytes[at + 3] & 0xff;
        int minute = bytes[at + 4] & 0xff;
        int second = bytes[at + 5] & 0xff;
        int milli = (bytes[at + 6] & 0xff) | ((bytes[at + 7] & 0xff) << 8);
        if (year > 99 || month > 12 || day > 31 || hour > 23 || minute > 59 || second > 59 || milli > 999) {
            return INVALID;
        }
        return ((days(year, month, day) * 24L + hour) * 60 + minute) * 60_000 + second * 1000L + milli;
    }

    /** Days since 1 January 2000; from March on, month lengths follow (153 m + 2) / 5. */
    private static long days(int year, int month, int day) {
        int march = month > 2 ? month - 3 : month + 9;
        int y = (month > 2 ? year : year - 1) + 400;
        long days = 365L * y + y / 4 - y / 100 + y / 400 + (153 * march + 2) / 5 + day - 1;
        return days - DAYS_BEFORE_2000;
    }

    /** The same count for 1 January 2000: year 399 of the shifted count, month 10. */
    private static final long DAYS_BEFORE_2000 = 365L * 399 + 399 / 4 - 399 / 100 + 399 / 400 + (153 * 10 + 2) / 5;
}

package dev.entrain.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How worn the memory under a file system is, as far as it tells: an eMMC reports its life time in steps of 10 % (JESD84-B51,
 * 7.4, DEVICE_LIFE_TIME_EST and PRE_EOL_INFO); an SD card reports nothing, so what was written must do.
 */
final class DiskWear {
    private static final String AREA = "disk";
    private static final int SECTOR_BYTES = 512;
    private static final int WRITTEN_AT = 6;
    private static final int WORN = 9;
    private static final int EXCEEDED = 11;
    private static final double MOST_BYTES_A_DAY = 10e9;
    private static final double DAY_S = 86_400;
    private static final double LEAST_UPTIME_S = 3600;
    private static final String EXCHANGE =
            "Exchange the card or the board's memory soon; `entrain doctor --bundle FILE` first";

    private final @Nullable Mount mount;
    private final SystemFiles files;

    DiskWear(@Nullable Mount mount, SystemFiles files) {
        this.mount = mount;
        this.files = files;
    }

    void look(List<Finding> to) {
        if (mount == null) {
            to.add(Finding.skipped(AREA, "wear", "not told here"));
            return;
        }
        Path part = files.at("sys/dev/block/" + mount.device());
        if (!Files.isDirectory(part)) {
            to.add(Finding.skipped(
                    AREA, "wear", mount.type() + " (" + mount.source() + ") is on no disk of this machine"));
            return;
        }
        to.add(lifeTime(part));
        to.add(written(part));
    }

    private Finding lifeTime(Path part) {
        String told = beside(part, "device/life_time");
        if (told == null || !told.matches("0x[0-9a-fA-F]{1,2} 0x[0-9a-fA-F]{1,2}")) {
            return Finding.skipped(AREA, "wear", "an SD card or disk that does not tell its age");
        }
        String[] kinds = told.split(" ", 2);
        int worst = Math.max(Integer.decode(kinds[0]), Integer.decode(kinds[1]));
        String reserve = beside(part, "device/pre_eol_info");
        boolean reserveLow = reserve != null && reserve.matches("0x0*[23]");
        String value = worst == 0
                ? "not told"
                : worst >= EXCEEDED ? "past its life time" : "up to " + 10 * worst + " % of its life time used";
        value += reserveLow ? "; its reserve runs out" : "";
        if (worst >= EXCEEDED || (reserveLow && reserve != null && reserve.endsWith("3"))) {
            return Finding.fail(AREA, "wear", value, EXCHANGE);
        }
        return worst >= WORN || reserveLow
                ? Finding.warn(AREA, "wear", value, EXCHANGE)
                : Finding.ok(AREA, "wear", value);
    }

    private Finding written(Path part) {
        double bytes = sinceBoot(part);
        double uptimeS = uptimeS();
        if (Double.isNaN(bytes) || Double.isNaN(uptimeS)) {
            return Finding.skipped(AREA, "written", "not told here");
        }
        double perDay = bytes * DAY_S / Math.max(uptimeS, 1);
        String value =
                Figures.bytes(Math.round(bytes)) + " in " + Figures.duration(Math.round(uptimeS)) + " since the start";
        String life = lifeKilobytes(part);
        if (life != null && life.matches("\\d{1,15}")) {
            value += ", " + Figures.bytes(1024 * Long.parseLong(life)) + " since the file system was made";
        }
        return uptimeS >= LEAST_UPTIME_S && perDay > MOST_BYTES_A_DAY
                ? Finding.warn(
                        AREA,
                        "written",
                        value,
                        "Something writes a lot (`sudo iotop -ao` tells who): an SD card does not last so")
                : Finding.ok(AREA, "written", value);
    }

    /** Field 7 of a block device's stat: sectors written (Linux, Documentation/block/stat.rst). */
    private static double sinceBoot(Path part) {
        String stat = SystemFiles.text(part.resolve("stat"));
        String[] fields = stat == null ? new String[0] : stat.strip().split("\\s+", -1);
        return fields.length > WRITTEN_AT && fields[WRITTEN_AT].matches("\\d{1,18}")
                ? (double) SECTOR_BYTES * Long.parseLong(fields[WRITTEN_AT])
                : Double.NaN;
    }

    private double uptimeS() {
        String uptime = files.text("proc/uptime");
        String first = uptime == null ? "" : uptime.split(" ", 2)[0];
        return first.matches("[0-9.]{1,20}") ? Double.parseDouble(first) : Double.NaN;
    }

    private @Nullable String lifeKilobytes(Path part) {
        try {
            Path name = part.toRealPath().getFileName();
            return name == null ? null : files.text("sys/fs/ext4/" + name + "/lifetime_write_kbytes");
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns a file of the whole disk, whose folder is that of the partition or the one above. */
    private static @Nullable String beside(Path part, String name) {
        try {
            Path real = part.toRealPath();
            Path above = real.getParent();
            String own = SystemFiles.text(real.resolve(name));
            return own != null || above == null ? own : SystemFiles.text(above.resolve(name));
        } catch (IOException e) {
            return null;
        }
    }
}

package dev.entrain.provision;

import dev.entrain.check.SystemFiles;
import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules for udev that give the USB lines of a unit's insoles names that stay: by the serial number of the USB chip, else by the
 * socket it is plugged into.
 */
final class UdevRules {
    static final String FILE = "/etc/udev/rules.d/61-entrain-insoles.rules";

    /** Folders between a line and its USB device: three or four. */
    private static final int MOST_UP = 6;

    private UdevRules() {}

    /** A USB device, as sysfs shows it; the serial number may be empty, the socket is such as {@code 1-1.3}. */
    record UsbDevice(String vendor, String product, String serial, String socket) {}

    /** Returns the USB device behind a line, or null if there is none: another kind of line. */
    static @Nullable UsbDevice device(SystemFiles host, Path line) {
        Path at;
        try {
            at = host.at("sys/class/tty")
                    .resolve(line.toRealPath().getFileName())
                    .resolve("device")
                    .toRealPath();
        } catch (IOException e) {
            return null;
        }
        for (int i = 0; i < MOST_UP && at != null; i++) {
            if (Files.exists(at.resolve("idVendor"))) {
                return new UsbDevice(
                        text(at, "idVendor"),
                        text(at, "idProduct"),
                        text(at, "serial"),
                        at.getFileName().toString());
            }
            at = at.getParent();
        }
        return null;
    }

    /** Returns the text of the rules; empty if no foot has a USB line. */
    static String text(Map<Foot, UsbDevice> devices) {
        List<String> rules = new ArrayList<>();
        List<UsbDevice> all = List.copyOf(devices.values());
        // Cheap chips all have the same number, and then only the socket tells them apart.
        boolean same = all.size() == 2 && sameChip(all.get(0), all.get(1));
        for (Foot foot : Foot.values()) {
            UsbDevice device = devices.get(foot);
            if (device != null) {
                boolean bySerial = !device.serial().isEmpty() && !same;
                if (!bySerial) {
                    rules.add(
                            "# No serial number of its own: this name belongs to the USB socket. Mark the sockets L and R.");
                }
                rules.add("SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"" + device.vendor() + "\", ATTRS{idProduct}==\""
                        + device.product() + "\", "
                        + (bySerial
                                ? "ATTRS{serial}==\"" + device.serial() + "\""
                                : "KERNELS==\"" + device.socket() + "\"")
                        + ", SYMLINK+=\"entrain-" + foot.word()
                        + "\", GROUP=\"dialout\", MODE=\"0660\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"");
            }
        }
        return rules.isEmpty()
                ? ""
                : "# Names that stay for the insoles of this unit. Written by `entrain provision`; it writes it anew.\n"
                        + String.join("\n", rules) + "\n";
    }

    private static boolean sameChip(UsbDevice a, UsbDevice b) {
        return a.vendor().equals(b.vendor())
                && a.product().equals(b.product())
                && a.serial().equals(b.serial());
    }

    private static String text(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}

package dev.entrain.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.check.SystemFiles;
import dev.entrain.provision.UdevRules.UsbDevice;
import dev.entrain.sample.Foot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UdevRulesTest {
    @TempDir
    Path root;

    @Test
    void shouldFindTheUsbDeviceBehindALine() throws Exception {
        // As a CP2102 on a hub looks: the tty's device is the port, above it interface and USB device.
        Path usb = Files.createDirectories(root.resolve("sys/devices/platform/usb1/1-1/1-1.3"));
        Path port = Files.createDirectories(usb.resolve("1-1.3:1.0/ttyUSB7"));
        Files.writeString(usb.resolve("idVendor"), "10c4\n");
        Files.writeString(usb.resolve("idProduct"), "ea60\n");
        Files.writeString(usb.resolve("serial"), "EN-0042\n");
        Path tty = Files.createDirectories(root.resolve("sys/class/tty/ttyUSB7"));
        Files.createSymbolicLink(tty.resolve("device"), port);
        Path line =
                Files.createFile(Files.createDirectories(root.resolve("dev")).resolve("ttyUSB7"));
        Path link = Files.createSymbolicLink(root.resolve("dev/by-id-name"), line);

        assertThat(UdevRules.device(new SystemFiles(root), link))
                .isEqualTo(new UsbDevice("10c4", "ea60", "EN-0042", "1-1.3"));
        assertThat(UdevRules.device(new SystemFiles(root), root.resolve("dev/none")))
                .isNull();
    }

    @Test
    void shouldNameEachFootBySerialNumber() {
        String rules = UdevRules.text(Map.of(
                Foot.LEFT, new UsbDevice("10c4", "ea60", "EN-1", "1-1"),
                Foot.RIGHT, new UsbDevice("10c4", "ea60", "EN-2", "1-2")));

        assertThat(rules.lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"10c4\", ATTRS{idProduct}==\"ea60\", ATTRS{serial}==\"EN-1\","
                                + " SYMLINK+=\"entrain-left\", GROUP=\"dialout\", MODE=\"0660\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"",
                        "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"10c4\", ATTRS{idProduct}==\"ea60\", ATTRS{serial}==\"EN-2\","
                                + " SYMLINK+=\"entrain-right\", GROUP=\"dialout\", MODE=\"0660\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"");
    }

    @Test
    void shouldNameBySocketWhereSerialNumbersTellNothing() {
        String rules = UdevRules.text(Map.of(
                Foot.LEFT, new UsbDevice("10c4", "ea60", "0001", "1-1"),
                Foot.RIGHT, new UsbDevice("10c4", "ea60", "0001", "1-2")));

        assertThat(rules)
                .contains("KERNELS==\"1-1\"")
                .contains("KERNELS==\"1-2\"")
                .doesNotContain("ATTRS{serial}");
        assertThat(UdevRules.text(Map.of())).isEmpty();
    }
}

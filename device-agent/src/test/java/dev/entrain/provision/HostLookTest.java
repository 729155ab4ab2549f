package dev.entrain.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.check.Finding;
import dev.entrain.check.SystemFiles;
import dev.entrain.check.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What provisioning reads of a machine, on folders laid out like one. */
class HostLookTest {
    @TempDir
    Path root;

    @Test
    void shouldListCardsThatPlayAndScreensLast() throws Exception {
        write("proc/asound/cards", """
                 0 [vc4hdmi0       ]: vc4-hdmi - vc4-hdmi-0
                                      vc4-hdmi-0
                 1 [Mic            ]: USB-Audio - Only a microphone
                                      somewhere
                 2 [Headphones     ]: bcm2835_headpho - bcm2835 Headphones
                                      bcm2835 Headphones
                """);
        Files.createDirectories(root.resolve("proc/asound/card0/pcm0p"));
        Files.createDirectories(root.resolve("proc/asound/card1/pcm0c"));
        Files.createDirectories(root.resolve("proc/asound/card2/pcm0p"));

        assertThat(SoundCards.of(new SystemFiles(root)))
                .extracting(SoundCards.Card::device)
                .containsExactly("hw:CARD=Headphones", "hw:CARD=vc4hdmi0");
        assertThat(SoundCards.of(new SystemFiles(root.resolve("proc")))).isEmpty();
    }

    @Test
    void shouldLookAtEachSerialLineOnceAndNeverAtTheConsole() throws Exception {
        Path usb = Files.createFile(Files.createDirectories(root.resolve("dev")).resolve("ttyUSB0"));
        Files.createFile(root.resolve("dev/ttyAMA0"));
        Files.createFile(root.resolve("dev/ttyAMA1"));
        Path byId = Files.createDirectories(root.resolve("dev/serial/by-id")).resolve("usb-EN-1");
        Files.createSymbolicLink(byId, usb);
        write("sys/class/tty/console/active", "tty0 ttyAMA0\n");

        assertThat(new SerialFinder(List.of(root.resolve("dev/ttyUSB0").toString())).lines(new SystemFiles(root)))
                .containsExactly(byId.toString(), root.resolve("dev/ttyAMA1").toString());
    }

    @Test
    void shouldKnowARaspberryPiAndSayWhatToDoOnAnythingElse() throws Exception {
        write("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
        write("etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nVERSION_ID=\"13\"\nID=debian\n");
        Files.createDirectories(root.resolve("run/systemd/timesync"));
        write("run/systemd/timesync/synchronized", "");

        List<Finding> pi = new BoardCheck(new SystemFiles(root), new NoTools(), root).look();
        List<Finding> bare = new BoardCheck(new SystemFiles(root.resolve("none")), new NoTools(), root).look();

        assertThat(pi).extracting(Finding::verdict).doesNotContain(Verdict.FAIL);
        assertThat(pi).extracting(Finding::value).contains("Raspberry Pi 4 Model B Rev 1.4", "set over the network");
        assertThat(bare)
                .filteredOn(f -> f.item().equals("model"))
                .first()
                .satisfies(f -> assertThat(f.nextStep()).contains("Raspberry Pi"));
    }

    @Test
    void shouldRefuseAnswersToWhatNobodyAsks() throws Exception {
        Path file = root.resolve("answers.toml");
        Files.writeString(file, "[sound]\ncard = 'x'\n");
        assertThatThrownBy(() -> Answers.read(file))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("sound.card");
        Files.writeString(file, "[sound\n");
        assertThatThrownBy(() -> Answers.read(file)).hasMessageContaining(":1: not TOML");
        assertThatThrownBy(() -> Answers.read(root.resolve("none"))).hasMessageContaining("no such file");
        Path example = Path.of("..", "deploy", "provision.example.toml");
        assertThat(Answers.read(example).get("walk.seconds")).isEqualTo("30");
    }

    private void write(String file, String text) throws Exception {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}

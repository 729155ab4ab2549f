package dev.entrain.check;

import static dev.entrain.check.Found.expect;
import static dev.entrain.check.Found.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.agent.RunningAgent;
import dev.entrain.device.BoardConfig;
import dev.entrain.journal.JournalLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel and systemd tell, of machines that are made up in a folder. */
class SystemChecksTest {
    private static final ServiceState SERVICE = new ServiceState(true, "active", "entrain", 70, "infinity");

    @TempDir
    private Path dir;

    private Machine machine;

    @BeforeEach
    void makeAMachine() throws IOException {
        machine = new Machine(dir.resolve("root")).with("proc/uptime", "86400.00 1.0");
    }

    static RunningAgent agent(String json) throws IOException {
        return new RunningAgent(new ObjectMapper().readTree(json), 0);
    }

    private List<Finding> disk(String user, long freeBytes) throws IOException {
        return new DiskCheck(
                        Files.createDirectories(dir.resolve("state")),
                        JournalLimits.DEFAULT,
                        user,
                        machine.files(),
                        folder -> freeBytes)
                .look();
    }

    @Test
    void shouldReadWhatSystemdSays() {
        Programs systemctl = (limit, command) -> new Programs.Answer(
                0, "LoadState=loaded\nActiveState=failed\nUser=entrain\nLimitRTPRIO=70\nLimitMEMLOCK=infinity\n");
        assertThat(ServiceState.ask(systemctl)).isEqualTo(new ServiceState(true, "failed", "entrain", 70, "infinity"));
        assertThat(ServiceState.ask((limit, command) -> null)).isEqualTo(ServiceState.NONE);
        assertThat(ServiceState.ask((limit, command) -> new Programs.Answer(0, "LoadState=not-found\n")))
                .isEqualTo(ServiceState.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "failed, FAIL, its service failed, journalctl -u entrain-agent",
        "active, FAIL, told nothing, systemctl restart",
        "activating, WARN, starting, Wait",
        "inactive, WARN, no, systemctl start entrain-agent"
    })
    void shouldSayWhatToDoWhenNoAgentRuns(String active, Verdict verdict, String value, String step) {
        ServiceState service = new ServiceState(true, active, "entrain", 70, "infinity");
        expect(new AgentCheck(null, "", service).look().getFirst(), verdict, value, step);
    }

    @Test
    void shouldSayWhenTheAgentsStatusMayNotBeRead() {
        expect(
                new AgentCheck(null, "/run/entrain/status.json: permission denied; run this as root", SERVICE)
                        .look()
                        .getFirst(),
                Verdict.FAIL,
                "permission denied",
                "Run this as root");
    }

    @Test
    void shouldTellWhatTheRunningAgentWasGranted() throws IOException {
        List<Finding> granted = new RealTimeCheck(
                        agent(
                                "{\"real_time\":{\"process_priority\":20,\"render_priority\":60,\"memory_locked\":true}}"),
                        SERVICE,
                        machine.files())
                .look();
        assertThat(granted)
                .filteredOn(finding -> !finding.item().equals("governor"))
                .allMatch(finding -> finding.verdict() == Verdict.OK);
        List<Finding> refused = new RealTimeCheck(
                        agent("{\"real_time\":{\"process_priority\":0,\"render_priority\":0}}"),
                        SERVICE,
                        machine.files())
                .look();
        expect(in(refused, "real time", "priority"), Verdict.FAIL, "process 0", "LimitRTPRIO=70");
        expect(in(refused, "real time", "memory"), Verdict.WARN, "not locked", "LimitMEMLOCK=infinity");
    }

    @Test
    void shouldTellWhatAUserMayAskForWhereThereIsNoService() throws IOException {
        machine.with("proc/self/status", "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\n")
                .with("proc/self/limits", """
                        Limit                     Soft Limit           Hard Limit           Units
                        Max locked memory         8388608              8388608              bytes
                        Max realtime priority     0                    0
                        """)
                .with("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
        List<Finding> findings = new RealTimeCheck(null, ServiceState.NONE, machine.files()).look();
        expect(in(findings, "real time", "priority"), Verdict.FAIL, "this user may ask for 0", "limits.d");
        expect(in(findings, "real time", "memory"), Verdict.WARN, "8388608", "memlock unlimited");
        expect(in(findings, "real time", "governor"), Verdict.WARN, "powersave", "schedutil");
    }

    @Test
    void shouldFailOnAFullDisk() throws IOException {
        expect(in(disk("", 10_000_000), "disk", "space"), Verdict.FAIL, "10.0 MB free", "Free some space");
        expect(in(disk("", 200_000_000), "disk", "space"), Verdict.WARN, "200.0 MB free", "quota_mb");
        expect(in(disk("", 2_000_000_000), "disk", "space"), Verdict.OK, "2.0 GB free", "");
    }

    @Test
    void shouldFailWhereTheAgentCannotWriteItsStateFolder() throws IOException {
        String owner = Files.getOwner(dir).getName();
        expect(
                in(disk("nobody-else", 1L << 40), "disk", "state folder"),
                Verdict.FAIL,
                "belongs to " + owner,
                "chown -R");
        expect(in(disk(owner, 1L << 40), "disk", "state folder"), Verdict.OK, "state", "");
        expect(
                in(
                        new DiskCheck(dir.resolve("none"), JournalLimits.DEFAULT, "entrain", machine.files()).look(),
                        "disk",
                        "state folder"),
                Verdict.FAIL,
                "does not exist",
                "install -d -o entrain");
    }

    @Test
    void shouldFailWhereTheKernelStoppedWriting() throws IOException {
        machine.with(
                "proc/self/mountinfo",
                "22 1 179:2 / / ro,noatime shared:1 - ext4 /dev/mmcblk0p2 ro\n" + "30 22 179:3 / " + dir.toRealPath()
                        + " rw,noatime - ext4 /dev/mmcblk0p3 ro,errors=remount-ro\n");
        List<Finding> findings = disk("", 1L << 40);
        expect(in(findings, "disk", "state folder"), Verdict.FAIL, "/dev/mmcblk0p3, mounted read-only", "dmesg");
        expect(in(findings, "disk", "root"), Verdict.OK, "read-only: a power cut can't harm it", "");
    }

    @ParameterizedTest
    @CsvSource({
        "0x01 0x02, 0x01, OK, up to 20 %",
        "0x09 0x01, 0x01, WARN, up to 90 %",
        "0x0b 0x01, 0x01, FAIL, past its life time",
        "0x01 0x01, 0x02, WARN, reserve",
        "0x01 0x01, 0x03, FAIL, reserve"
    })
    void shouldTellHowWornAnEmmcIs(String life, String reserve, Verdict verdict, String value) throws IOException {
        wornDisk();
        machine.with("sys/devices/mmc/block/mmcblk0/device/life_time", life + "\n")
                .with("sys/devices/mmc/block/mmcblk0/device/pre_eol_info", reserve + "\n");
        assertThat(in(disk("", 1L << 40), "disk", "wear"))
                .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(verdict))
                .satisfies(finding -> assertThat(finding.value()).contains(value));
    }

    @Test
    void shouldTellWhatWasWrittenToACardThatTellsNoAge() throws IOException {
        wornDisk();
        List<Finding> findings = disk("", 1L << 40);
        expect(in(findings, "disk", "wear"), Verdict.SKIPPED, "does not tell its age", "");
        expect(
                in(findings, "disk", "written"),
                Verdict.OK,
                "1.0 GB in 24 h since the start, 204.8 GB since the file system was made",
                "");
        machine.with("sys/devices/mmc/block/mmcblk0/mmcblk0p2/stat", " 1 0 8 0 9 0 40000000 0 0 0 0\n");
        expect(in(disk("", 1L << 40), "disk", "written"), Verdict.WARN, "20.5 GB", "iotop");
    }

    private void wornDisk() throws IOException {
        machine.with("proc/self/mountinfo", "22 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw\n")
                .with("sys/devices/mmc/block/mmcblk0/mmcblk0p2/stat", " 1 0 8 0 9 0 2000000 0 0 0 0\n")
                .with("sys/fs/ext4/mmcblk0p2/lifetime_write_kbytes", "200000000\n");
        Path link = dir.resolve("root/sys/dev/block/179:2");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, dir.resolve("root/sys/devices/mmc/block/mmcblk0/mmcblk0p2"));
    }

    @Test
    void shouldTellWhetherTheUnitKnowsTheTime() {
        Instant now = Instant.parse("2026-11-23T05:00:00Z");
        SystemFiles files = machine.files();
        expect(
                in(new ClockCheck(() -> Double.NaN, () -> now, files).look(), "time", "synchronised"),
                Verdict.WARN,
                "nobody keeps the clock",
                "timedatectl");
        expect(
                in(new ClockCheck(() -> 4, () -> now, files).look(), "time", "synchronised"),
                Verdict.WARN,
                "wrong by 4.0 s",
                "network");
        expect(
                in(new ClockCheck(() -> 0.02, () -> now, files).look(), "time", "synchronised"),
                Verdict.OK,
                "within 0.020 s",
                "");
    }

    @Test
    void shouldTellOfABatteryThatIsLowAndASupplyThatIsWeak() throws IOException {
        machine.with("sys/class/hwmon/hwmon1/name", "rpi_volt\n")
                .with("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n")
                .with("sys/class/thermal/thermal_zone0/temp", "81200\n");
        List<Finding> findings = new PowerCheck(
                        agent("{\"battery\":{\"percent\":12}}"),
                        new BoardConfig(BoardConfig.NONE, BoardConfig.NONE, Path.of("/dev/i2c-1"), 5, BoardConfig.NONE),
                        device -> {
                            throw new AssertionError("the agent has the bus");
                        },
                        machine.files())
                .look();
        expect(in(findings, "power", "battery"), Verdict.WARN, "12 %", "Charge the unit");
        expect(in(findings, "power", "supply"), Verdict.WARN, "too low", "cable");
        expect(in(findings, "power", "processor"), Verdict.WARN, "81 C", "air");
    }

    @Test
    void shouldTellWhenAnotherVersionStillRuns() throws IOException {
        machine.with("etc/os-release", "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n")
                .with("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
        List<Finding> findings =
                new VersionCheck("1.2.0", agent("{\"agent\":{\"version\":\"1.1.0\"}}"), machine.files()).look();
        expect(in(findings, "version", "entrain"), Verdict.WARN, "1.1.0 still runs", "restart");
        expect(in(findings, "version", "board"), Verdict.OK, "Raspberry Pi 4 Model B Rev 1.4", "");
        expect(in(findings, "version", "system"), Verdict.OK, "trixie", "");
    }
}

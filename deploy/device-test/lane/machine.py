"""The emulated Raspberry Pi: started, asked, powered off, and its plug pulled."""

import json
import pathlib
import socket
import subprocess
import time

from .cache import CACHE, StepFailed, inside
from .clock import UnitClock

BOOT_LIMIT_S = 240
# After a moment without the processor the unit sends what it owes at once; QEMU's own 32 ms would drop it, and the capture lack it.
SOUND_BUFFER = 192 * 1024
MODEL = "Raspberry Pi 4 Model B Rev 1.4"
# Without a random place the kernel needs no page tables of its own apart from the processes' (KPTI, against Meltdown, which
# a Cortex-A72 does not have). They would cost each system call two changes of the tables, and a translated processor forgets all it
# knows of memory at each: 25 us instead of 3, and twice the time to boot.
KERNEL_LINE = "root=/dev/vda console=ttyAMA0 quiet loglevel=4 systemd.show_status=false net.ifnames=0 audit=0 nokaslr"


class Wire:
    """A line-based JSON conversation over a UNIX socket (QMP and the guest agent speak it)."""

    def __init__(self, path, limit_s):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(limit_s)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("rwb")

    def send(self, command, **arguments):
        message = {"execute": command}
        if arguments:
            message["arguments"] = arguments
        self.lines.write(json.dumps(message).encode() + b"\n")
        self.lines.flush()

    def answer(self):
        """The next line that answers or greets; events in between are passed over."""
        while True:
            line = self.lines.readline()
            if not line:
                raise StepFailed("the machine closed its control socket")
            message = json.loads(line)
            if "event" not in message:
                return message

    def ask(self, command, **arguments):
        self.send(command, **arguments)
        message = self.answer()
        if "error" in message:
            raise StepFailed(f"{command}: {message['error'].get('desc')}")
        return message["return"]

    def close(self):
        self.socket.close()


class Machine:
    """One emulated board with its disk. The disk outlives the board's power: boot() may be called again after a cut."""

    def __init__(self, folder, icount=False, memory_mb=2048, extra=()):
        self.folder = pathlib.Path(folder)
        self.inner = "/cache/" + str(self.folder.relative_to(CACHE))
        self.icount = icount
        self.memory_mb = memory_mb
        self.extra = list(extra)
        self.process = None
        self.qmp = None
        self.boots = 0
        image = ["qemu-img", "create", "-q", "-f", "qcow2", "-b", "/cache/unit.img", "-F", "raw", f"{self.inner}/disk.qcow2"]
        subprocess.run(inside(*image), check=True)
        self._device_tree()
        # With a clock of its own the unit tells its time often; else its clock is the host's, and what is unknown is the start.
        (self.folder / "share/ticker.env").write_text(f"EVERY_MS={10 if icount else 500}\n")

    def clock(self):
        """The clock of the unit that was just booted."""
        return UnitClock(self.folder / "clock.sock", own=self.icount)

    def _board(self):
        return ["-M", "virt,gic-version=3", "-cpu", "cortex-a72", "-smp", "1" if self.icount else "2", "-m", str(self.memory_mb)]

    def _device_tree(self):
        """QEMU's own description of the machine, with the model of a Raspberry Pi 4: libraries ask it what they run on."""
        tree = f"{self.inner}/board.dtb"
        dump = self._board()
        dump[1] += f",dumpdtb={tree}"
        subprocess.run(inside("qemu-system-aarch64", *dump, "-nodefaults", "-nographic"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(inside("fdtput", "-t", "s", tree, "/", "model", MODEL), check=True)

    def wav(self, boot=None):
        return self.folder / f"sound-{boot or self.boots}.wav"

    def boot(self):
        """Switches the power on and returns at once; Guest.wait() says when somebody is home."""
        self.boots += 1
        version = (CACHE / "kernel/version").read_text().strip()
        at = self.inner
        accelerator = ["-accel", "tcg,thread=single"] if self.icount else ["-accel", "tcg,thread=multi,tb-size=512"]
        clock = ["-icount", "shift=1,sleep=on"] if self.icount else []
        command = [
            "qemu-system-aarch64", *self._board(), *accelerator, *clock, "-nodefaults", "-display", "none", "-no-reboot",
            "-kernel", f"/cache/kernel/boot/vmlinuz-{version}", "-initrd", "/cache/initrd.gz", "-dtb", f"{at}/board.dtb",
            "-append", KERNEL_LINE,
            "-serial", f"file:{at}/console-{self.boots}.log", "-qmp", f"unix:{at}/qmp.sock,server=on,wait=off",
            "-drive", f"file={at}/disk.qcow2,if=none,id=disk,cache=writeback", "-device", "virtio-blk-pci,drive=disk",
            "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,romfile=", "-device", "virtio-rng-pci",
            "-fsdev", f"local,id=lane,path={at}/share,security_model=none,readonly=on", "-device", "virtio-9p-pci,fsdev=lane,mount_tag=lane",
            "-device", "virtio-serial-pci", "-chardev", f"socket,path={at}/guest.sock,server=on,wait=off,id=guest",
            "-device", "virtserialport,chardev=guest,name=org.qemu.guest_agent.0",
            "-chardev", f"socket,path={at}/clock.sock,server=on,wait=off,id=clock", "-device", "virtserialport,chardev=clock,name=lane.clock",
            "-device", "qemu-xhci,id=usb", "-audiodev", f"wav,id=sound,path={at}/{self.wav().name},out.frequency=48000",
            "-device", f"usb-audio,audiodev=sound,id=card,buffer={SOUND_BUFFER}",
            "-chardev", f"socket,path={at}/serial.sock,server=on,wait=off,id=serial", "-device", "usb-serial,chardev=serial,serial=INSOLE-RIGHT,id=insole",
            *self.extra,
        ]
        for name in ("qmp.sock", "guest.sock", "serial.sock", "clock.sock"):
            (self.folder / name).unlink(missing_ok=True)
        log = open(self.folder / "qemu.log", "ab")
        self.process = subprocess.Popen(inside(*command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.started = time.monotonic()
        self.qmp = self._qmp()

    def _qmp(self):
        until = time.monotonic() + 30
        while True:
            try:
                wire = Wire(self.folder / "qmp.sock", 30)
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise StepFailed("QEMU did not start: " + (self.folder / "qemu.log").read_text()[-500:]) from None
                time.sleep(0.05)
        wire.answer()
        wire.ask("qmp_capabilities")
        return wire

    def unplug_usb(self, name):
        self.qmp.ask("device_del", id=name)

    def plug_usb(self, driver, name, **properties):
        self.qmp.ask("device_add", driver=driver, id=name, **properties)

    def cut_power(self):
        """The plug is pulled: what the unit had not made durable is gone."""
        self.process.kill()
        self.process.wait(30)
        self.qmp.close()

    def wait_off(self, limit_s):
        """Waits until the unit has switched itself off; true if it did."""
        try:
            self.process.wait(limit_s)
            return True
        except subprocess.TimeoutExpired:
            return False

    def stop(self):
        """Ends the machine whatever it does, letting QEMU complete the captured sound."""
        if self.process is None or self.process.poll() is not None:
            return
        try:
            self.qmp.send("quit")
            self.process.wait(20)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait(30)

    def console(self):
        try:
            return (self.folder / f"console-{self.boots}.log").read_text(errors="replace")
        except OSError:
            return ""

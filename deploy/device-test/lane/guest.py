"""Somebody inside the unit who does as told: Debian's qemu-guest-agent."""

import base64
import gzip
import time

from .cache import StepFailed
from .machine import BOOT_LIMIT_S, Wire


class Patience:
    """How many times longer than usual every wait may take; all limits are the host's seconds."""

    times = 1


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __bool__(self):
        return self.code == 0


class Guest:
    def __init__(self, machine):
        self.machine = machine
        self.wire = None

    def wait(self, limit_s=BOOT_LIMIT_S):
        """Waits for the guest agent to answer; the seconds since the power came on."""
        until = time.monotonic() + limit_s * Patience.times
        while time.monotonic() < until:
            if self.machine.process.poll() is not None:
                raise StepFailed("the machine went off while booting: " + self.machine.console()[-800:])
            try:
                self.wire = Wire(self.machine.folder / "guest.sock", 2)
                self._in_step()
                self.wire.socket.settimeout(60)
                return time.monotonic() - self.machine.started
            except (OSError, ValueError, StepFailed):
                if self.wire:
                    self.wire.close()
                time.sleep(0.5)
        raise StepFailed(f"nobody answers in the machine after {limit_s} s: " + self.machine.console()[-800:])

    def _in_step(self):
        """Answers to earlier, given up questions may still come; ours is the one with our number."""
        number = time.monotonic_ns() & 0x7FFFFFFF
        self.wire.send("guest-sync", id=number)
        for _ in range(100):
            if self.wire.answer().get("return") == number:
                return
        raise ValueError("the guest agent answers other questions")

    def start(self, script):
        """Starts a bash script in the unit and returns its process id."""
        return self.wire.ask("guest-exec", path="/bin/bash", arg=["-c", script], **{"capture-output": True})["pid"]

    def ended(self, pid):
        """The result of a started script, None while it runs."""
        status = self.wire.ask("guest-exec-status", pid=pid)
        if not status["exited"]:
            return None
        out = base64.b64decode(status.get("out-data", "")).decode(errors="replace")
        err = base64.b64decode(status.get("err-data", "")).decode(errors="replace")
        return Result(status.get("exitcode", 128 + status.get("signal", 0)), out, err)

    def run(self, script, limit_s=60):
        """Runs a bash script as root in the unit; code 124 if it was still running after limit_s."""
        pid = self.start(script)
        until = time.monotonic() + limit_s * Patience.times
        pause = 0.02
        while time.monotonic() < until:
            result = self.ended(pid)
            if result is not None:
                return result
            time.sleep(pause)
            pause = min(pause * 1.5, 0.5)
        return Result(124, "", f"still running after {limit_s} s")

    def must(self, script, limit_s=60):
        """Like run, but a failure ends the story."""
        result = self.run(script, limit_s)
        if not result:
            raise StepFailed(f"in the unit, `{script[:200]}` ended with {result.code}: {(result.err or result.out)[-600:]}")
        return result.out

    def set(self, file, value):
        """Writes a control of the emulated hardware, such as set("6a/unplugged", 1)."""
        self.must(f"printf '%s' '{value}' > /sys/kernel/debug/lane/{file}")

    def get(self, file):
        return self.must(f"cat /sys/kernel/debug/lane/{file}").strip()

    def playing_since(self, chip="6a"):
        """CLOCK_MONOTONIC of the unit, ns, at which the chip began to play."""
        return int(self.get(f"{chip}/play").split()[2])

    def fetch(self, path):
        """The bytes of a file of the unit, gzipped on the way."""
        self.must(f"gzip -1 -c '{path}' > /run/lane-fetch.gz", 120)
        handle = self.wire.ask("guest-file-open", path="/run/lane-fetch.gz", mode="r")
        parts = []
        while True:
            got = self.wire.ask("guest-file-read", handle=handle, count=1 << 20)
            parts.append(base64.b64decode(got["buf-b64"]))
            if got["eof"]:
                break
        self.wire.ask("guest-file-close", handle=handle)
        return gzip.decompress(b"".join(parts))

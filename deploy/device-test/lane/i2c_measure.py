"""Two chips at 208 Hz on one bus: what of their readings arrives, and how well its time is known.

The chips count their readings into the acceleration and keep when each was made, so nothing is guessed.
"""

import shutil
import statistics
import struct

from .cache import StepFailed, run_folder
from .guest import Guest
from .machine import Machine

STEP_MPS2 = 0.488e-3 * 9.80665
FAR_MS = 3.0
SETTLE_S = 10  # the clock fit has seen little before; told apart
CONFIG = """state_dir = "/var/tmp/i2c"
[sensor.left]
i2c = "/dev/i2c-1"
address = 0x6a
rate_hz = 208
[sensor.right]
i2c = "/dev/i2c-1"
address = 0x6b
rate_hz = 208
[telemetry]
enabled = false
"""


def run(deb, minutes, nack_share, steady=False):
    folder = run_folder("i2c")
    shutil.copy(deb, folder / "share/entrain.deb")
    (folder / "share/i2c.toml").write_text(CONFIG)
    machine = Machine(folder, icount=steady)
    machine.boot()
    guest = Guest(machine)
    try:
        guest.wait()
        # Only unpacked: no agent is wanted, and no cache of start-up.
        guest.must("dpkg --unpack /lane/entrain.deb", 180)
        guest.set("i2c/nack_permille", round(nack_share * 1000))
        for chip in ("6a", "6b"):
            guest.set(f"{chip}/play", "count")
            guest.set(f"{chip}/log", 0)
        done = guest.run(f"mkdir -p /var/tmp/i2c; entrain record --config /lane/i2c.toml --out /var/tmp/i2c --seconds {minutes * 60:.0f}", minutes * 60 * 8 + 300)
        if not done:
            raise StepFailed(f"entrain record ended with {done.code}: {(done.err or done.out)[-500:]}")
        (folder / "record.txt").write_text(done.out + done.err)
        rows, origin_ns = read_recording(guest.fetch("/var/tmp/i2c/recording.csv").decode())
        counters = {name: int(guest.get(f"i2c/{name}")) for name in ("transfers", "nacks")}
        print(f"{minutes:g} min, {nack_share:.1%} of the transfers refused on purpose: {counters['nacks']} of {counters['transfers']}")
        for foot, chip in (("L", "6a"), ("R", "6b")):
            log = guest.fetch(f"/sys/kernel/debug/lane/{chip}/log")
            made = {number: time_ns for time_ns, _, number in struct.iter_unpack("<QII", log)}
            overruns = guest.get(f"{chip}/overruns")
            high = guest.get(f"{chip}/fifo_high")
            ppm = struct.unpack("<i", struct.pack("<I", int(guest.get(f"{chip}/ppm"))))[0]
            print(judged(foot, chip, rows[foot], origin_ns, made) + f"; chip's clock {ppm:+d} ppm, most words waiting {high} of 512, run over {overruns}")
    finally:
        machine.stop()
    return 0


def read_recording(text):
    origin_ns, rows = 0, {"L": [], "R": []}
    for line in text.splitlines():
        if line.startswith("# origin_monotonic_ns:"):
            origin_ns = int(line.split(":")[1])
        elif line and line[0].isdigit() or line.startswith("-"):
            t_s, foot, _, ax, ay, *_ = line.split(",")
            number = round(float(ax) / STEP_MPS2) | round(float(ay) / STEP_MPS2) << 15
            rows[foot].append((float(t_s), number))
    return rows, origin_ns


def judged(foot, chip, rows, origin_ns, made):
    if not rows:
        return f"{foot} (0x{chip}): nothing was recorded"
    numbers = [number for _, number in rows]
    wanted = numbers[-1] - numbers[0] + 1
    lost = wanted - len(set(numbers))
    twice = len(numbers) - len(set(numbers))
    errors = [(origin_ns + t_s * 1e9 - made[number]) * 1e-6 for t_s, number in rows if number in made]
    late = [e for (t_s, _), e in zip(rows, errors) if t_s > rows[0][0] + SETTLE_S] or errors
    ordered = sorted(abs(e) for e in late)
    begun_s = max((t_s - rows[0][0] for (t_s, _), e in zip(rows, errors) if abs(e) > FAR_MS), default=0)
    return (
        f"{foot} (0x{chip}): {len(numbers)} readings, {lost} lost, {twice} twice; time stamps against the chip's own clock: median "
        f"{statistics.median(late):+.3f} ms, 95 % within {ordered[int(len(ordered) * 0.95)]:.3f} ms, at most {ordered[-1]:.3f} ms "
        f"(first {SETTLE_S} s: at most {max(abs(e) for e in errors[: int(SETTLE_S * 208)]):.3f} ms; over {FAR_MS:g} ms for the last time {begun_s:.2f} s after the first)"
    )

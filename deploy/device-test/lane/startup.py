"""How long the agent takes to be ready for a cue with and without the cache of start-up, on a processor of even speed.

Guest seconds of a virtual processor: only their ratio means anything.
"""

import shutil
import statistics

from .cache import StepFailed, run_folder
from .guest import Guest
from .insole import SerialInsole
from .machine import Machine
from .walk import simulated

ROUNDS = 3
LIMIT_S = 3600  # of the host: a processor of even speed is slow, and more so on a busy host
CONFIG = """state_dir = "/var/lib/entrain"
[sensor.left]
i2c = "/dev/i2c-1"
address = 0x6a
rate_hz = 208
[sensor.right]
port = "/dev/ttyUSB0"
[audio]
output = "alsa"
device = "hw:CARD=Audio"
[telemetry]
enabled = false
"""
# READY=1 means that the sound runs and the sensors' threads too (Type=notify), which is what a cue needs.
# The limit of starts in a time is the unit's, for an agent that fails; eight starts in a row meet it too.
TIMED = "systemctl reset-failed entrain-agent; a=$(cut -d' ' -f1 /proc/uptime); systemctl start entrain-agent && b=$(cut -d' ' -f1 /proc/uptime) && echo $a $b; systemctl stop entrain-agent"
SHARE = """systemctl reset-failed entrain-agent; systemctl start entrain-agent; sleep 20; p=$(systemctl show -P MainPID entrain-agent)
cpu() { awk '{ print $14 + $15 }' /proc/$p/stat; }
a=$(cpu); x=$(cut -d' ' -f1 /proc/uptime); sleep 30; b=$(cpu); y=$(cut -d' ' -f1 /proc/uptime)
echo "$a $b $x $y $(awk '/VmRSS/ { print $2 }' /proc/$p/status)"; systemctl stop entrain-agent"""


def run(deb):
    folder = run_folder("startup")
    shutil.copy(deb, folder / "share/entrain.deb")
    (folder / "share/agent.toml").write_text(CONFIG)
    walk = simulated("stand 3, walk 900")
    (folder / "share/left.bin").write_bytes(walk.chip_recording("L"))
    machine = Machine(folder, icount=True)
    machine.boot()
    insole = SerialInsole(folder / "serial.sock", walk.feet["R"])
    guest = Guest(machine)
    try:
        clock = machine.clock()
        guest.wait(LIMIT_S)
        insole.plug(clock, 120)
        guest.must("udevadm settle; dpkg -i /lane/entrain.deb", LIMIT_S)
        guest.must("cat /lane/left.bin > /sys/kernel/debug/lane/6a/recording; install -o root -g entrain -m 640 /lane/agent.toml /etc/entrain/agent.toml")
        guest.set("6a/recording_mhz", 208000)
        times = {}
        for name, prepare in (("with the cache", "true"), ("without", "mv /var/cache/entrain/entrain.aot /var/cache/entrain/off")):
            guest.must(prepare)
            times[name] = []
            for _ in range(ROUNDS + 1):  # The first one warms the disk's cache and is left out.
                told = guest.must(TIMED, LIMIT_S).split()
                if len(told) != 2:
                    raise StepFailed("the agent does not start: " + guest.must("journalctl -u entrain-agent -b -n 8 -o cat --no-pager"))
                times[name].append(float(told[1]) - float(told[0]))
                print(f"{name}: {times[name][-1]:.2f} guest seconds", flush=True)
        guest.must("mv /var/cache/entrain/off /var/cache/entrain/entrain.aot")
        guest.set("6a/play", "walk")
        insole.play(guest.playing_since() * 1e-9)
        before, after, from_s, to_s, rss_kb = map(float, guest.must(SHARE, LIMIT_S).split())
    finally:
        insole.unplug()
        machine.stop()
    middle = {name: statistics.median(values[1:]) for name, values in times.items()}
    for name, value in middle.items():
        print(f"start to READY, {name}: {value:.2f} guest seconds of {', '.join(f'{v:.2f}' for v in times[name][1:])}")
    print(f"ratio: {middle['without'] / middle['with the cache']:.2f}")
    print(f"walking at 208 + 200 Hz: {(after - before) / 100 / (to_s - from_s):.1%} of the virtual processor, {rss_kb / 1024:.0f} MB resident")
    return 0

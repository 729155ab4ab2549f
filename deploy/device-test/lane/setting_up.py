"""From power on to a unit that is online: boot, package, provisioning."""

import re
import time
import tomllib

from .clinic import HOST_NAME
from .story import BUTTON, LIGHT, Failed, until

UNIT = "device-test-unit"


def power_on(story):
    story.clinic.open()
    seconds = story.power()
    story.plug_insole()
    story.guest.must("udevadm settle", 120)
    look = lambda: story.guest.run("ls /dev/i2c-1 /dev/gpiochip0 /dev/ttyUSB0 /proc/asound/card0 >/dev/null")
    until(look, 2 if story.fault == "no-i2c" else 20, 1)  # What hangs on USB is found when the bus gets to it.
    there = look()
    if not there and story.fault != "no-i2c":
        raise Failed(f"hardware is missing: {there.err.strip()}")
    story.prepare_chip()
    return f"{seconds:.0f} s to the first answer; I2C, GPIO, sound card and serial line there"


def install(story):
    done = story.guest.run("dpkg -i /lane/entrain.deb", 420)
    if not done:
        raise Failed(f"dpkg -i ended with {done.code}: {(done.err or done.out)[-300:]}")
    version = story.guest.must("dpkg-query -W -f '${Version}' entrain").strip()
    aot = story.guest.run("stat -c %s /var/cache/entrain/entrain.aot").out.strip()
    needed = story.guest.run("systemctl is-active entrain-provision-needed").out.strip()
    groups = story.guest.must("id -nG entrain").split()
    if story.fault == "no-audio-group":
        plant = "/etc/systemd/system/entrain-agent.service.d"
        story.guest.must(
            f"sed -i '/^audio:/s/\\bentrain\\b//' /etc/group /etc/gshadow; mkdir -p {plant}; "
            f"printf '[Service]\\nSupplementaryGroups=\\nSupplementaryGroups=dialout gpio i2c\\n' > {plant}/lane.conf; systemctl daemon-reload"
        )
        if "audio" in story.guest.must("id -nG entrain").split():
            raise Failed("the fault could not be planted: the user is still in the group audio")
    missing = {"audio", "dialout", "gpio", "i2c"} - set(groups)
    if missing or needed != "active":
        raise Failed(f"groups missing: {sorted(missing)}; state 'not provisioned' is {needed}")
    return f"{version}; start-up cache {int(aot) // 1000000 if aot else 'none'} MB; waits to be provisioned"


ANSWERS = """
[board]
button = "{button}"
light = "{light}"
battery_i2c = "{battery}"
[sensors]
{sensors}
[sound]
device = "auto"
[clinic]
unit = "{unit}"
broker = "ssl://{host}:{port}"
ca = "/lane/clinic-ca.pem"
certificate = "/lane/unit.pem"
[walk]
seconds = 20
[finish]
start = true
"""


def provision(story):
    guest, clinic = story.guest, story.clinic
    battery = "none" if story.fault == "no-i2c" else "/dev/i2c-1"
    answers = ANSWERS.format(button=BUTTON, light=LIGHT, battery=battery, sensors="", unit=UNIT, host=HOST_NAME, port=clinic.unit_port)
    (story.share / "answers.toml").write_text(answers)
    (story.share / "clinic-ca.pem").write_bytes((clinic.authority_dir / "clinic-ca.pem").read_bytes())
    began = time.monotonic()
    # The key is made in the unit and never leaves it; what leaves is the request, and the run ends there as told.
    guest.run("entrain provision --answers /lane/answers.toml --step clinic", 120)
    request = story.folder / f"{UNIT}.csr"
    request.write_text(guest.must(f"cat /var/lib/entrain/{UNIT}.csr"))
    (story.share / "unit.pem").write_bytes(clinic.sign(request)[0].read_bytes())
    story.walk_on()
    done = guest.run("entrain provision --answers /lane/answers.toml", 420)
    (story.folder / "provision.txt").write_text(done.out + done.err)
    story.stand_still()
    if not done:
        raise Failed("entrain provision failed: " + " / ".join(line.strip() for line in done.out.strip().splitlines()[-4:])[-400:])
    by_hand = left_by_hand(story)
    session_programme(story)
    guest.run("systemctl restart entrain-agent", 120)
    if not until(lambda: clinic.status.get("state") == "online", 60):
        state = guest.run("systemctl is-active entrain-agent").out.strip()
        raise Failed(f"the agent ({state}) is not online at the broker: {clinic.status}; it says: {story.agent_lines()}")
    if guest.run("systemctl is-active entrain-agent").out.strip() != "active":
        raise Failed("the agent is not active: " + story.agent_lines())
    return f"unattended in {time.monotonic() - began:.0f} s; certificate signed by the clinic; online over TLS; {real_time(story)}{by_hand}"


def real_time(story):
    """What the running agent was given of real time: its threads' policy, and the memory it holds."""
    pid = story.guest.must("systemctl show -P MainPID entrain-agent").strip()
    policies = story.guest.must(f"chrt --all-tasks -p {pid} | grep policy")
    first_in = policies.count("SCHED_FIFO")
    locked_kb = int(story.guest.must(f"awk '/VmLck/ {{ print $2 }}' /proc/{pid}/status"))
    if not first_in or not locked_kb:
        raise Failed(f"the agent has no real time: {first_in} threads under SCHED_FIFO, {locked_kb} kB locked: {story.agent_lines()}")
    return f"{first_in} of {policies.count('policy')} threads under SCHED_FIFO, memory locked"


def left_by_hand(story):
    """The sentence to tell if provisioning did not find the chip on I2C and it had to be written into the configuration."""
    written = story.guest.must("cat /etc/entrain/agent.toml")
    (story.folder / "agent.toml").write_text(written)
    left = tomllib.loads(written).get("sensor", {}).get("left")
    if left is not None:
        return f"; left on {left.get('i2c', left.get('port'))}"
    if story.fault == "no-i2c":
        raise Failed("no left sensor: the unit has no I2C bus")
    story.guest.must("printf '\\n[sensor.left]\\ni2c = \"/dev/i2c-1\"\\naddress = 0x6a\\nrate_hz = 208\\n' >> /etc/entrain/agent.toml")
    return "; left sensor on I2C written by hand, as provisioning did not find it"


def session_programme(story):
    """What the button starts. A short programme, with the same blocks as the real ones."""
    line = 'programme = "/etc/entrain/programme.toml"'
    text = story.guest.must("cat /etc/entrain/agent.toml")
    if re.search(r"^\[session\]", text, flags=re.M):
        text = re.sub(r"^\[session\].*$", lambda found: found.group(0) + "\n" + line, text, count=1, flags=re.M)
    else:
        text += f"\n[session]\n{line}\n"
    (story.share / "agent.toml").write_text(text)
    story.guest.must(
        "cat /lane/agent.toml > /etc/entrain/agent.toml; install -o root -g entrain -m 640 /lane/programme.toml /etc/entrain/programme.toml"
    )

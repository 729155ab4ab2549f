"""What happens to a unit in the field: an insole comes off, the broker goes, the power fails."""

import json
import time

from .session import cues_since
from .story import Failed, until

OFF_S = 6


def steps_of(story, foot, boot):
    return [r["t_ns"] for r in story.clinic.of_kind("step") if r["foot"] == foot and r["boot"] == boot]


def back_in_step(story, foot, what):
    """Waits for contacts of a foot that came back; the seconds it took."""
    boot = story.boot_id()
    came_ns = int(float(story.guest.must("cat /proc/uptime").split()[0]) * 1e9)
    began = time.monotonic()
    if not until(lambda: [t for t in steps_of(story, foot, boot) if t > came_ns], 90):
        raise Failed(f"{what} is back, but no contact of that foot came for 90 s: {story.agent_lines()}")
    return time.monotonic() - began


def unplug(story):
    gaps = len(story.clinic.of_kind("gap"))
    story.guest.set("6a/unplugged", 1)
    story.rest(OFF_S)
    story.guest.set("6a/unplugged", 0)
    left_s = back_in_step(story, "L", "the left insole (I2C)")
    story.insole.unplug()
    story.rest(OFF_S)
    if not story.insole.plug(story.clock):
        raise Failed("the unit's clock stands still")
    right_s = back_in_step(story, "R", "the right insole (serial)")
    told = len(story.clinic.of_kind("gap")) - gaps
    faults = sorted({r["code"] for r in story.clinic.of_kind("fault")})
    if not told and not faults:
        raise Failed("nobody was told that an insole was off")
    return f"{OFF_S} s each; contacts again {left_s:.0f} s after the left one came back, {right_s:.0f} s after the right one; {told} gaps, faults {faults} told"


def broker_lost(story):
    beats = len(cues_since(story))
    records = len(story.clinic.records)
    story.clinic.close()
    began, from_s = time.monotonic(), story.mark()
    story.rest(15)
    heard = story.sound().onsets(from_s, story.mark())
    story.clinic.open()
    away = time.monotonic() - began
    if len(heard) < 10:
        raise Failed(f"only {len(heard)} beats were heard while the broker was gone for {away:.0f} s: the walk must not care")
    if not until(lambda: len(cues_since(story)) >= beats + len(heard), 120):
        raise Failed(f"{len(cues_since(story)) - beats} of the {len(heard)} beats of that time came within 120 s: {story.agent_lines()}")
    holes = story.clinic.missing()
    if holes:
        raise Failed("; ".join(holes[:2]))
    return f"{away:.0f} s without a broker: {len(heard)} beats heard meanwhile, {len(story.clinic.records) - records} records came after it, none missing"


def power_cut(story):
    """The plug is pulled with beats sounding; after the next boot everything the journal held reaches the clinic."""
    old = story.boot_id()
    had, kept = story.clinic.complete(old), story.clinic.count(old)
    story.machine.cut_power()
    story.insole.unplug()
    seconds = story.power()
    story.plug_insole()
    story.guest.must("udevadm settle", 120)
    story.prepare_chip()
    new = story.boot_id()
    if not until(lambda: story.clinic.birth.get("boot") == new and story.clinic.status.get("state") == "online", 180):
        raise Failed("the agent does not come up by itself after a power cut: " + story.agent_lines())
    sent = until(lambda: nothing_waits(story), 90, 2)
    lost = story.clinic.of_kind("lost")
    holes = story.clinic.missing()
    end = story.clinic.complete(old)
    checked = story.guest.run("systemctl stop entrain-agent; entrain journal check --state /var/lib/entrain; code=$?; systemctl start entrain-agent; exit $code", 180)
    if lost or holes or not sent or not checked or end < had:
        raise Failed(f"{len(lost)} records lost, holes {holes[:2]}, {story.waiting} waiting, journal check {checked.code}: {(checked.out + checked.err)[-200:]}")
    return f"home again after {seconds:.0f} s; {kept} records of that boot before the cut, {story.clinic.count(old)} after it, none missing; journal whole"


def nothing_waits(story):
    """Whether every record of the unit is acknowledged, as the running agent tells."""
    said = story.guest.run("cat /run/entrain/status.json")
    story.waiting = json.loads(said.out)["journal"]["waiting"] if said else None
    return story.waiting == 0


def goes_on(story):
    """After the cut the session of before goes on at the button."""
    until(lambda: story.clinic.status.get("state") == "online", 90)
    boot = story.boot_id()
    story.rest(5)
    story.press()
    story.walk_on()
    if not until(lambda: len(cues_since(story, boot)) >= 10, 150):
        raise Failed("no beats after the press: " + story.agent_lines())
    told = [r for r in story.clinic.of_kind("step") if r["boot"] == boot]
    return f"at the press; {len(cues_since(story, boot))} beats and {len(told)} steps told in the new boot"

"""The session: started by the button, walked for a minute, heard in the captured sound, told to the clinic."""

import bisect
import json
import statistics

from .sound import intervals
from .story import Failed, until

CAPTURE_LAG_S = 4  # a beat is told when the card has it; the captured file has it later
WALK_S = 60
EXACT_MS = 2.0  # the onset finder's own grain is 1 ms
LEAST_EXACT = 0.5
MOST_LONG, LONGEST_MS = 0.05, 12.0  # QEMU's USB card plays a packet or two of silence in between when its host was late
NEAR = 0.4  # of an interval: so much nearer or farther than told the next beat is looked for
DROPPED_MS = 60.0  # most that QEMU's USB card drops at once
MOST_BREAKS = 2  # of the unit's own sound in the minute; more, and the host was too busy to judge
AGREES_MS = 80  # a contact told within this of the truth counts as found


def begin(story):
    """A press on a standing patient: silence before it, a session told to the clinic after it."""
    if story.fault == "nack":
        story.guest.set("i2c/nack_permille", 900)
    quiet_from = story.mark()
    story.rest(5)
    story.quiet = (quiet_from, story.mark())
    if story.quiet[1] - quiet_from < 1:
        raise Failed(f"the card plays nothing at all: {story.agent_lines()}")
    story.pressed = story.mark()
    story.press()
    story.walk_on()
    began = until(lambda: [r for r in story.clinic.of_kind("session") if r.get("state") == "started"], 60)
    if not began:
        raise Failed("no session was told to the clinic within 60 s of the press: " + story.agent_lines())
    story.session = began[-1]["session"]
    before = story.sound().onsets(*story.quiet)
    if before:
        raise Failed(f"{len(before)} sounds before the press")
    return f"session {story.session} ({began[-1].get('programme')}) after the press; no sound in the {story.quiet[1] - quiet_from:.0f} s before it"


def cues_since(story, boot=None):
    """Beats of the walk, those of the test walks before it left out."""
    return [r for r in story.clinic.of_kind("cue") if (boot is None or r["boot"] == boot) and (r["boot"], r["t_ns"]) >= story.walk_began(r["boot"])]


def beats(story):
    """A minute of beats in the captured sound, against what the unit says it played."""
    if not until(lambda: cues_since(story), 150):
        raise Failed("no beat was told within 150 s of walking: " + story.agent_lines())
    before = breaks_told(story)
    frames = lambda: [r["frame"] for r in cues_since(story)]
    if not until(lambda: frames()[-1] - frames()[0] >= WALK_S * 48000, 4 * WALK_S):
        told = frames()
        raise Failed(f"the beats stopped after {(told[-1] - told[0]) / 48000:.0f} s of {WALK_S}")
    told = frames()
    story.rest(CAPTURE_LAG_S)
    broke = breaks_told(story) - before
    heard = story.sound().onsets(story.pressed)
    at = placed(told, heard)
    if at is None:
        raise Failed(f"{len(told)} beats told, {len(heard)} sounds heard, and they are not the same")
    found = [t for t in at if t is not None]
    words = sum(1 for t in heard if t < found[0])
    between = sum(1 for t in heard if found[0] < t < found[-1]) - (len(found) - 2)
    off_ms = [((b - a) - (g - f) / 48000) * 1000 for a, b, f, g in zip(at, at[1:], told, told[1:]) if a is not None and b is not None]
    share = lambda wrong: sum(1 for e in off_ms if wrong(e)) / max(1, len(off_ms))
    exact, long = share(lambda e: abs(e) <= EXACT_MS), share(lambda e: e > EXACT_MS)
    missed, jumps = at.count(None), sum(1 for e in off_ms if e < -DROPPED_MS or e > LONGEST_MS)
    seen = (
        f"{len(found)} of {len(told)} beats told were heard, every {statistics.median(intervals(found)) * 1000:.1f} ms; {exact:.0%} of the intervals "
        f"within {EXACT_MS:.0f} ms of their frames, {-min(off_ms):.0f} ms short and {max(off_ms):.1f} ms long at most; {words} words before the first, "
        f"{between} other sounds between; the unit tells {broke} breaks of its sound"
    )
    if missed > broke or jumps > 2 * broke or broke > MOST_BREAKS or between or exact < LEAST_EXACT or long > MOST_LONG:
        raise Failed(seen)
    return seen


def breaks_told(story):
    """How often the unit's own account says its sound broke: the card ran dry or stood still, as it does on a starved host."""
    counters = json.loads(story.guest.must("cat /run/entrain/status.json"))["counters"]
    return counters["underruns"] + counters["audio_stalls"]


def placed(frames, heard):
    """The moment each beat told was heard at, None for one that was not; None if fewer than half of them were.

    Goes from beat to beat: QEMU's USB card drops a packet of some milliseconds now and then, so an interval may be short in the
    capture, and all later ones are shifted by it; where the unit's sound breaks they are by more.
    """
    best = None
    for first in heard:
        at, expected = [first], first
        for before, after in zip(frames, frames[1:]):
            interval = (after - before) / 48000
            expected += interval
            found = nearest(heard, expected)
            if found is not None and abs(found - expected) <= NEAR * interval and found != at[-1]:
                expected = found
                at.append(found)
            else:
                at.append(None)
        if best is None or at.count(None) < best.count(None):
            best = at
    return None if best is None or best.count(None) > len(best) / 2 else best


def nearest(ordered, value):
    i = bisect.bisect(ordered, value)
    return min(ordered[max(0, i - 1) : i + 1], key=lambda v: abs(v - value), default=None)


def telemetry(story):
    """Every contact of the walk at the clinic, at its time by the sensors' own clocks, left over I2C and right over serial."""
    clinic = story.clinic
    boot, began_ns = story.played[-1]
    steps = [r for r in clinic.of_kind("step") if r["boot"] == boot and r["t_ns"] >= began_ns]
    if not steps:
        raise Failed("no step reached the clinic")
    last_s = (max(r["t_ns"] for r in steps) - began_ns) * 1e-9
    seen, bad = [], []
    truth = story.walk.contacts_by_foot()
    for foot, wire in (("L", "I2C"), ("R", "serial")):
        told = sorted((r["t_ns"] - began_ns) * 1e-9 for r in steps if r["foot"] == foot)
        wanted = [t for t in truth[foot] if t < last_s - 1]
        near = [(nearest(told, t), t) for t in wanted]
        off = [(n - t) * 1000 for n, t in near if n is not None and abs(n - t) * 1000 <= AGREES_MS]
        found = len(off) / max(1, len(wanted))
        seen.append(f"{wire} {len(off)} of {len(wanted)} contacts" + (f" ({statistics.median(off):+.0f} ms)" if off else ""))
        if found < 0.9:
            bad.append(foot)
    gaps = len([r for r in clinic.of_kind("gap") if r["boot"] == boot and r["t_ns"] >= began_ns])
    holes = clinic.missing()
    text = ", ".join(seen) + f"; {len(clinic.records)} records and {clinic.states} live states at the broker, {gaps} gaps"
    if bad or holes or gaps or not clinic.states:
        raise Failed(text + "".join("; " + h for h in holes[:2]))
    return text


def pause(story):
    """A press stops the beat, the next one starts it again."""
    story.press()
    pressed = story.mark()
    story.rest(8)
    silent_to = story.mark()
    after = [t for t in story.sound().onsets(pressed + 4.5, silent_to)]
    last_cue = len(cues_since(story))
    story.rest(3)
    going_on = len(cues_since(story)) - last_cue
    if after or going_on > 1:
        raise Failed(f"{len(after)} sounds and {going_on} beats told after the press")
    story.press()
    count = len(cues_since(story))
    if not until(lambda: len(cues_since(story)) >= count + 5, 40):
        raise Failed("the beat does not come back at the second press: " + story.agent_lines())
    return f"silent from the press on ({silent_to - pressed:.0f} s looked at, words in the first 4.5 s left out); beats again after the next"

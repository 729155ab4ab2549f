"""The session: started by the button, walked for a minute, heard in the captured sound, told to the clinic."""

import bisect
import json
import statistics

from .sound import GAP_MS, RATE_HZ
from .story import Failed, until

CAPTURE_LAG_S = 4  # a beat is told when the card has it; the captured file has it later
WALK_S = 60
EXACT_MS = 0.05  # two frames
NEAR = 0.4  # of an interval: so much nearer or farther than told the next beat is looked for
LEAST_HEARD = 0.9
FIRST_BEATS = 8
SYLLABLE_S = 0.5
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
    # Provisioning ends with an agent that runs, and may have seen the last steps of the test walk.
    earlier = {r["session"] for r in story.clinic.of_kind("session")}
    story.pressed = story.mark()
    story.press()
    story.walk_on()
    began = until(lambda: [r for r in story.clinic.of_kind("session") if r.get("state") == "started" and r["session"] not in earlier], 60)
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
    if not until(lambda: frames()[-1] - frames()[0] >= WALK_S * RATE_HZ, 4 * WALK_S):
        told = frames()
        raise Failed(f"the beats stopped after {(told[-1] - told[0]) / RATE_HZ:.0f} s of {WALK_S}")
    told = frames()
    story.rest(CAPTURE_LAG_S)
    broke = breaks_told(story) - before
    runs = story.sound().runs(story.pressed)
    at = placed(told, [run.frame for run in runs])
    if at is None:
        raise Failed(f"{len(told)} beats told, {len(runs)} sounds heard, and they are not the same")
    covered, missed = missing(told, at, runs)
    other = len(others(at, runs))
    off_ms = offsets(at, told)
    exact = sum(1 for e in off_ms if abs(e) <= EXACT_MS)
    found = len(told) - covered - missed
    every_s = statistics.median(g - f for f, g in zip(told, told[1:])) / RATE_HZ
    seen = (
        f"{found} of {len(told)} beats told were heard, every {every_s * 1000:.1f} ms, {covered} are under words; {exact} of {len(off_ms)} intervals "
        f"to the frame, {max(map(abs, off_ms)):.2f} ms off at most; {other} other sounds between; the unit tells {broke} breaks of its sound"
    )
    if missed > broke or len(off_ms) - exact > 2 * broke or broke > MOST_BREAKS or other or found < LEAST_HEARD * len(told):
        raise Failed(seen)
    return seen


def breaks_told(story):
    """How often the unit's own account says its sound broke: the card ran dry or stood still, as it does on a starved host."""
    counters = json.loads(story.guest.must("cat /run/entrain/status.json"))["counters"]
    return counters["underruns"] + counters["audio_stalls"]


def placed(frames, heard):
    """The frame of the capture at which each beat told begins, None for one that can't be found; None if under half of them can.

    Goes from beat to beat, from every sound that may be one of the first beats (the very first may be under words). What counts is
    how many intervals are as told: beats are even enough for all of them to fit nearly as well when laid one off.
    """
    best, most = None, 0
    for begin in range(min(FIRST_BEATS, len(frames))):
        for sound in heard:
            at = [None] * begin + followed(frames[begin:], sound, heard)
            exact = sum(1 for off in offsets(at, frames) if abs(off) <= EXACT_MS)
            if exact > most:
                best, most = at, exact
    return None if best is None or best.count(None) > len(best) / 2 else best


def followed(frames, first, heard):
    """The sound of each beat, the first one's given."""
    at, expected = [first], first
    for before, after in zip(frames, frames[1:]):
        interval = after - before
        expected += interval
        found = nearest(heard, expected)
        if found is not None and abs(found - expected) <= NEAR * interval and found != at[-1]:
            expected = found
            at.append(found)
        else:
            at.append(None)
    return at


def offsets(at, frames):
    """By how much each interval between two beats that follow one another is longer than told, ms."""
    return [((b - a) - (g - f)) / RATE_HZ * 1000 for a, b, f, g in zip(at, at[1:], frames, frames[1:]) if a is not None and b is not None]


def expected_at(frames, at, i):
    """Where a beat that was not found should be, by the nearest one that was; in frames of the capture."""
    j = min((k for k, frame in enumerate(at) if frame is not None), key=lambda k: abs(k - i))
    return at[j] + frames[i] - frames[j]


def missing(frames, at, runs):
    """How many beats can't be told apart because words sound over them, and how many are simply not there."""
    words = [run for run in runs if run.is_words]
    covered = lambda frame: any(run.begins_s <= frame / RATE_HZ <= run.ends_s + GAP_MS / 1000 for run in words)
    gone = [i for i, frame in enumerate(at) if frame is None]
    under = sum(1 for i in gone if covered(expected_at(frames, at, i)))
    return under, len(gone) - under


def others(at, runs):
    """Sounds between the first and the last beat that are neither beats nor words, nor a syllable beside a word."""
    beats = {frame for frame in at if frame is not None}
    words = [run for run in runs if run.is_words]
    beside = lambda run: any(w.begins_s - SYLLABLE_S <= run.begins_s <= w.ends_s + SYLLABLE_S for w in words)
    return [run for run in runs if min(beats) < run.frame < max(beats) and run.frame not in beats and not run.is_words and not beside(run)]


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

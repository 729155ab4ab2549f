"""Every metric of every part of a session, from the files of its folder.

    python3 session_metrics.py FOLDER

A second implementation of the definitions in the clinic's handbook (deploy/handbook/clinic.md, "Metrics of a session"), by the
author of the first, with nothing but Python's standard library: if the two agree to the last printed digit, neither has a slip
of its own; what both misunderstand alike stays unseen. Prints a line for each metric: part, its place among the blocks (-1 for others), name, value, observations.
"""

import csv
import math
import statistics
import sys
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

TAU = 2 * math.pi
NAN = math.nan

# name: digits printed, fewest observations
METRICS = {
    "cadence_spm": (1, 10),
    "stride_duration_s": (3, 10),
    "stride_duration_cv_pct": (2, 20),
    "step_asymmetry": (3, 20),
    "stance_asymmetry": (3, 20),
    "swing_asymmetry": (3, 20),
    "double_support_pct": (1, 10),
    "stride_length_m": (2, 10),
    "walking_speed_mps": (2, 10),
    "asynchrony_ms": (1, 20),
    "asynchrony_sd_ms": (1, 20),
    "relative_phase_rad": (3, 20),
    "resultant_length": (3, 20),
    "locked_fraction": (3, 3),
    "tempo_accuracy_pct": (2, 20),
    "phase_correction_gain": (2, 50),
    "dfa_alpha": (2, 200),
    "freezing_time_pct": (1, 0),
    "freeze_count": (0, 0),
    "freeze_to_cue_s": (2, 1),
    "retention_pct": (1, 10),
}
CUED = {"match", "progress", "exercise", "fade", "free"}
UNCUED = {"baseline", "retention"}


def rows(folder, name, *texts):
    """The rows of a file; every field a number, empty ones NaN, but those named."""
    with open(folder / name, newline="", encoding="utf-8") as file:
        return [
            {key: text if key in texts else float(text or "nan") for key, text in row.items()}
            for row in csv.DictReader(file)
        ]


class Session:
    def __init__(self, folder):
        self.steps = rows(folder, "steps.csv", "foot")
        self.cues = rows(folder, "cues.csv", "foot")
        self.strides = rows(folder, "strides.csv", "foot")
        self.blocks = rows(folder, "blocks.csv", "kind")
        self.freezes = rows(folder, "freezes.csv")
        music = (folder / "songs.csv").exists()
        self.songs = rows(folder, "songs.csv", "hash", "title", "ended", "liked") if music else []
        for freeze in self.freezes:
            if math.isnan(freeze["end_s"]):  # to the end of the block it began in
                at = [b for b in self.blocks if b["start_s"] <= freeze["start_s"] < b["end_s"]]
                freeze["end_s"] = at[0]["end_s"] if at else freeze["start_s"]


# ---- statistics; sums from the first to the last


def total(values):
    result = 0.0
    for value in values:
        result += value
    return result


def mean(values):
    return total(values) / len(values) if values else NAN


def squares(values):
    m = mean(values)
    return total((v - m) * (v - m) for v in values)


def median(values):
    return statistics.median(values) if values else NAN


def over(a, b):
    """a / b, NaN where b is 0."""
    return NAN if b == 0 else a / b


# ---- which contacts count, and what is between them


class Contact:
    def __init__(self, row, block):
        self.t = row["time_s"]
        self.foot = row["foot"]
        self.block = block
        self.bout = None
        self.step = self.stride = None
        self.beat = None

    @property
    def asynchrony(self):
        return self.t - self.beat["onset_s"]


def frozen(freezes, start, end):
    return any(f["start_s"] <= end and f["end_s"] >= start for f in freezes)


def bouts_of(rows_of_block, block, freezes):
    """Contacts outside freezes, without a freeze or more than 3 s between two."""
    bouts = []
    for row in rows_of_block:
        contact = Contact(row, block)
        if frozen(freezes, contact.t, contact.t):
            continue
        last = bouts[-1][-1].t if bouts else -math.inf
        if contact.t - last > 3 or frozen(freezes, last, contact.t):
            bouts.append([])
        bouts[-1].append(contact)
    return bouts


def measure(bout):
    """Gives each contact its step and its stride."""
    for i, contact in enumerate(bout):
        if i >= 1 and bout[i - 1].foot != contact.foot:
            duration = contact.t - bout[i - 1].t
            if 0.1 <= duration <= 1.5:
                contact.step = duration
        for j in (i - 1, i - 2):  # at most one contact of the other foot between
            if j >= 0 and bout[j].foot == contact.foot:
                duration = contact.t - bout[j].t
                if 0.2 <= duration <= 3.0:
                    contact.stride = duration
                break


def beat_of(t, cues):
    """The nearest beat (the earlier of two equally near), if within half its interval."""
    best = None
    for index, cue in enumerate(cues):
        if best is None or abs(t - cue["onset_s"]) < abs(t - cues[best]["onset_s"]):
            best = index
        elif cue["onset_s"] > t:
            break
    if best is not None and 2 * abs(t - cues[best]["onset_s"]) <= cues[best]["period_s"]:
        return best
    return None


def contacts_of(session, blocks):
    result = []
    number = 0
    for place, block in enumerate(blocks):
        inside = [s for s in session.steps if block["start_s"] <= s["time_s"] < block["end_s"]]
        for bout in bouts_of(inside, place, session.freezes):
            measure(bout)
            if sum(c.stride is not None for c in bout) < 4:
                continue
            for contact in bout:
                contact.bout = number
                index = beat_of(contact.t, session.cues)
                contact.cue = index
                contact.beat = None if index is None else session.cues[index]
                result.append(contact)
            number += 1
    return result


def steps_of(contacts, foot):
    return [c.step for c in contacts if c.foot == foot and c.step is not None]


def strides_of(contacts, foot):
    return [c.stride for c in contacts if c.foot == foot and c.stride is not None]


def cadence(contacts):
    left, right = steps_of(contacts, "L"), steps_of(contacts, "R")
    spm = over(60, (median(left) + median(right)) / 2)
    return (spm if 40 <= spm <= 173 else NAN), len(left) + len(right)


# ---- lock


def locked(theta, place):
    n = len(theta)
    centred = [0.0] * n
    resultant = 0.0
    for side in (0, 1):
        mine = [i for i in range(n) if place[i] % 2 == side]
        x = total(math.cos(theta[i]) for i in mine)
        y = total(math.sin(theta[i]) for i in mine)
        resultant += math.sqrt(x * x + y * y)
        for i in mine:
            centred[i] = math.remainder(theta[i] - math.atan2(y, x), TAU)
    if resultant < 2.5 * math.sqrt(n):
        return False
    p = [k - mean([float(q) for q in place]) for k in place]
    m = mean(centred)
    xx = total(a * a for a in p)
    if xx == 0:
        return False
    slope = total(a * (c - m) for a, c in zip(p, centred)) / xx
    rest = [c - m - slope * a for a, c in zip(p, centred)]
    ss = total(e * e for e in rest)
    r = 0.0 if ss == 0 else min(0.9, max(0.0, total(a * b for a, b in zip(rest[1:], rest)) / ss))
    error = math.sqrt(ss / (n - 2) / xx * (1 + r) / (1 - r))
    return abs(slope) <= max(0.04, 3 * error)


def lock_rows(contacts):
    """Rows of paired contacts: of one block, without 5 s between two."""
    result = []
    for c in contacts:
        if c.beat is None:
            continue
        last = result[-1][-1] if result else None
        if last is None or last.block != c.block or round(c.t * 1e6) - round(last.t * 1e6) > 5_000_000:
            result.append([])
        result[-1].append(c)
    return result


def places(row):
    """Whole periods along a line that follows the walker by three tenths."""
    result = [0]
    line = round(row[0].t * 1e6) * 1000
    for c in row[1:]:
        t = round(c.t * 1e6) * 1000
        period = round(c.beat["period_s"] * 1e9)
        periods = max(0, (2 * (t - line) + period) // (2 * period))
        line += periods * period
        line += 3 * (t - line) // 10
        result.append(result[-1] + periods)
    return result


def locked_fraction(contacts):
    judged = []
    for row in lock_rows(contacts):
        theta = [TAU * c.asynchrony / c.beat["period_s"] for c in row]
        place = places(row)
        for start in range(0, len(row) - 31, 16):
            judged.append(locked(theta[start : start + 32], place[start : start + 32]))
    return over(sum(judged), len(judged)), len(judged)


# ---- phase correction


def phase_correction(contacts):
    runs = []
    going = False
    for a, b in zip(contacts, contacts[1:]):
        fits = (
            a.beat is not None
            and b.beat is not None
            and a.bout == b.bout
            and a.foot != b.foot
            and b.cue == a.cue + 1
            and b.beat["onset_s"] - a.beat["onset_s"] <= 1.5 * b.beat["period_s"]
        )
        if fits:
            if not going:
                runs.append([])
            runs[-1].append([(a.block, a.foot), a.asynchrony, b.t - a.t - b.beat["period_s"]])
        going = fits
    everything = [k for run in runs for k in run]
    n = len(everything)
    if n == 0:
        return NAN, 0
    for group in {k[0] for k in everything}:
        members = [k for k in everything if k[0] == group]
        for column in (1, 2):
            m = mean([k[column] for k in members])
            for k in members:
                k[column] -= m
    alpha = -over(total(k[1] * k[2] for k in everything), total(k[1] * k[1] for k in everything))
    for _ in range(20):
        rest = [[k[2] + alpha * k[1] for k in run] for run in runs]
        g0 = total(e * e for run in rest for e in run) / n
        pairs = sum(len(run) - 1 for run in rest)
        g1 = total(a * b for run in rest for a, b in zip(run, run[1:])) / pairs if pairs else 0.0
        motor = min(max(-g1, 0.0), g0 / 3)
        xy = xx = 0.0
        for run in runs:
            u = tridiagonal([k[1] for k in run], g0, -motor)
            xy += total(w * k[2] for w, k in zip(u, run))
            xx += total(w * k[1] for w, k in zip(u, run))
        alpha = -over(xy, xx)
    return alpha, n


def tridiagonal(right, diagonal, off):
    """Solves by elimination from the top, substitution from the bottom."""
    if diagonal == 0:
        return [NAN] * len(right)
    pivots, values = [diagonal], [right[0]]
    for value in right[1:]:
        factor = off / pivots[-1]
        pivots.append(diagonal - factor * off)
        values.append(value - factor * values[-1])
    result = [values[-1] / pivots[-1]]
    for pivot, value in zip(pivots[-2::-1], values[-2::-1]):
        result.append((value - off * result[-1]) / pivot)
    return result[::-1]


# ---- memory of the stride times


def dfa_alpha(values):
    n_max = len(values) // 2
    m = mean(values)
    profile = []
    for v in values:
        profile.append((profile[-1] if profile else 0.0) + v - m)
    bins = {}
    for n in range(10, n_max + 1):
        at = 16 * math.log(n / 10) / math.log(n_max / 10) + 1e-9
        f = fluctuation(profile, n)
        if f == 0:
            return NAN
        bins.setdefault(min(15, int(at)), []).append((math.log(n), math.log(f)))
    x = [mean([p[0] for p in bins[b]]) for b in sorted(bins)]
    y = [mean([p[1] for p in bins[b]]) for b in sorted(bins)]
    mx, my = mean(x), mean(y)
    return total((a - mx) * (b - my) for a, b in zip(x, y)) / squares(x)


def fluctuation(profile, n):
    windows = len(profile) // n
    centre = [i - (n - 1) / 2 for i in range(n)]
    xx = sum(c * c for c in centre)
    residual = 0.0
    for w in range(windows):
        part = profile[w * n : (w + 1) * n]
        m = sum(part) / n
        slope = sum(c * p for c, p in zip(centre, part)) / xx
        residual += sum((p - m - slope * c) ** 2 for c, p in zip(centre, part))
    return math.sqrt(residual / (windows * n))


# ---- the metrics of a part


def asymmetry(left, right):
    value = over(mean(left) - mean(right), mean(left) + mean(right)) if left and right else NAN
    return value, min(len(left), len(right))


def freezing(session, blocks):
    frozen = time = 0.0
    begun = 0
    waits = []
    for block in blocks:
        time += block["end_s"] - block["start_s"]
        for freeze in session.freezes:
            start = freeze["start_s"]
            end = freeze["end_s"]
            frozen += max(0.0, min(end, block["end_s"]) - max(start, block["start_s"]))
            if block["start_s"] <= start < block["end_s"]:
                begun += 1
                answers = [c["onset_s"] for c in session.cues if start <= c["onset_s"]]
                if answers and answers[0] <= end:
                    waits.append(answers[0] - start)
    return over(100 * frozen, time), begun, waits


def figures(session, blocks):
    contacts = contacts_of(session, blocks)
    left, right = strides_of(contacts, "L"), strides_of(contacts, "R")
    both = [c.stride for c in contacts if c.stride is not None]
    result = {"cadence_spm": cadence(contacts)}
    result["stride_duration_s"] = mean(both), len(both)
    feet = [s for s in (left, right) if s]
    freedom = len(both) - len(feet)
    spread = math.sqrt(total(squares(s) for s in feet) / freedom) if freedom > 0 else NAN
    result["stride_duration_cv_pct"] = over(100 * spread, mean(both)), len(both)
    result["step_asymmetry"] = asymmetry(steps_of(contacts, "L"), steps_of(contacts, "R"))

    strides = [
        s for b in blocks for s in session.strides if b["start_s"] <= s["start_s"] and s["end_s"] < b["end_s"]
    ]
    whole = [s for s in strides if 0.2 <= s["duration_s"] <= 3.0]
    for name, share in (
        ("stance_asymmetry", lambda s: s["stance_fraction"]),
        ("swing_asymmetry", lambda s: 1 - s["stance_fraction"]),
    ):
        times = {
            foot: [share(s) * s["duration_s"] for s in whole if s["foot"] == foot and 0 < share(s) < 1]
            for foot in "LR"
        }
        result[name] = asymmetry(times["L"], times["R"])
    support = [s["double_support_fraction"] for s in strides if 0 <= s["double_support_fraction"] <= 1]
    result["double_support_pct"] = 100 * mean(support), len(support)
    length = [s["length_m"] for s in strides if s["length_m"] >= 0.15]
    result["stride_length_m"] = mean(length), len(length)
    speed = [s["speed_mps"] for s in strides if 0.08 <= s["speed_mps"] <= 2.22]
    result["walking_speed_mps"] = mean(speed), len(speed)

    paired = [c for c in contacts if c.beat is not None]
    asynchrony = [c.asynchrony for c in paired]
    n = len(paired)
    result["asynchrony_ms"] = 1000 * mean(asynchrony), n
    result["asynchrony_sd_ms"] = 1000 * math.sqrt(squares(asynchrony) / (n - 1)) if n > 1 else NAN, n
    theta = [TAU * c.asynchrony / c.beat["period_s"] for c in paired]
    x, y = total(math.cos(a) for a in theta), total(math.sin(a) for a in theta)
    result["relative_phase_rad"] = math.atan2(y, x), n
    result["resultant_length"] = over(math.sqrt(x * x + y * y), n), n
    result["locked_fraction"] = locked_fraction(contacts)
    ratio = {
        foot: [c.step / c.beat["period_s"] for c in paired if c.foot == foot and c.step is not None] for foot in "LR"
    }
    result["tempo_accuracy_pct"] = (
        100 * (1 / ((median(ratio["L"]) + median(ratio["R"])) / 2) - 1),
        len(ratio["L"]) + len(ratio["R"]),
    )
    result["phase_correction_gain"] = phase_correction(contacts)
    longer = right if len(right) > len(left) else left
    result["dfa_alpha"] = (dfa_alpha(longer) if len(longer) >= 200 else NAN), len(longer)

    share, begun, waits = freezing(session, blocks)
    result["freezing_time_pct"] = share, begun
    result["freeze_count"] = float(begun), begun
    result["freeze_to_cue_s"] = median(waits), len(waits)
    after, steps_after = cadence(contacts_of(session, [b for b in blocks if b["kind"] == "retention"]))
    before, steps_before = cadence(contacts_of(session, [b for b in session.blocks if b["kind"] == "baseline"]))
    result["retention_pct"] = over(100 * (after - before), before), min(steps_after, steps_before)
    return result


def text(value, n, digits, fewest):
    if n < fewest or not math.isfinite(value):
        return "insufficient"
    printed = Decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    return f"{abs(printed) if printed == 0 else printed:.{digits}f}"


def main(folder):
    session = Session(Path(folder))
    blocks = session.blocks
    parts = [
        ("all", -1, [b for b in blocks if b["kind"] != "rest"]),
        ("cued", -1, [b for b in blocks if b["kind"] in CUED]),
        ("uncued", -1, [b for b in blocks if b["kind"] in UNCUED]),
    ]
    parts += [("block", place, [block]) for place, block in enumerate(blocks)]
    for place, song in enumerate(session.songs):  # what of each block but rests lies in it
        during = [
            {**b, "start_s": max(b["start_s"], song["from_s"]), "end_s": min(b["end_s"], song["to_s"])}
            for b in blocks
            if b["kind"] != "rest" and b["start_s"] < song["to_s"] and b["end_s"] > song["from_s"]
        ]
        parts.append(("song", place, during))
    for part, place, spans in parts:
        found = figures(session, spans)
        for name, (digits, fewest) in METRICS.items():
            value, n = found[name]
            print(part, place, name, text(value, n, digits, fewest), n)


if __name__ == "__main__":
    main(sys.argv[1])

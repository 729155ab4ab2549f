"""Cadence and asynchrony from records, one JSON object a line on standard input."""
import json, statistics, sys

records = sorted({r["seq"]: r for r in map(json.loads, sys.stdin)}.values(), key=lambda r: r["t_ns"])
steps = [r for r in records if r["kind"] == "step"]
cues = [r for r in records if r["kind"] == "cue"]

times = {"L": [], "R": []}  # of the steps that end with this foot, s
for before, step in zip(steps, steps[1:]):
    seconds = (step["t_ns"] - before["t_ns"]) / 1e9
    if step["foot"] != before["foot"] and 0.1 <= seconds <= 1.5:
        times[step["foot"]].append(seconds)
print("cadence_spm", 60 / statistics.mean(map(statistics.median, times.values())))

pairs = []  # step minus its nearest beat, ms; of two as near the earlier
for step in steps:
    beat = min(cues, key=lambda cue: (abs(step["t_ns"] - cue["t_ns"]), cue["t_ns"]))
    apart = (step["t_ns"] - beat["t_ns"]) / 1e9
    if abs(apart) <= beat.get("period_s", 0) / 2:
        pairs.append(1e3 * apart)
print("asynchrony_ms", statistics.mean(pairs), len(pairs))

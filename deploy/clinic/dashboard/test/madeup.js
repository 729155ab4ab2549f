// Made-up sessions for the fake clinic: the same every time. Nobody walked.

const WEEK_MS = 7 * 86_400_000;
const NAMES = {
  cadence_spm: [104, 3], walking_speed_mps: [0.86, 0.08], stride_length_m: [0.99, 0.05], stride_duration_s: [1.153, 0.03],
  stride_duration_cv_pct: [3.2, 0.6], step_asymmetry: [0.062, 0.015], stance_asymmetry: [0.02, 0.01], swing_asymmetry: [0.051, 0.02],
  double_support_pct: [31.5, 1.5], asynchrony_ms: [-38, 12], asynchrony_sd_ms: [41, 6], relative_phase_rad: [-0.42, 0.1],
  resultant_length: [0.88, 0.05], locked_fraction: [0.81, 0.1], tempo_accuracy_pct: [-0.6, 0.8], phase_correction_gain: [0.34, 0.1],
  freezing_time_pct: [0.4, 0.4], freeze_count: [1, 1],
};
const ONLY_CUED = new Set(['asynchrony_ms', 'asynchrony_sd_ms', 'relative_phase_rad', 'resultant_length', 'locked_fraction', 'tempo_accuracy_pct', 'phase_correction_gain']);
const BLOCKS = [['baseline', 120], ['match', 180], ['progress', 480], ['fade', 120], ['retention', 120]];

/** A small generator of numbers in [0, 1), the same for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Sessions over weeks, and the weeks, as the trend of a patient gives them. */
export function trend(code, weeks, nowMs, { simulated = true } = {}) {
  const monday = nowMs - ((new Date(nowMs).getUTCDay() + 6) % 7) * 86_400_000;
  const first = Math.floor(monday / 86_400_000) * 86_400_000 - (weeks - 1) * WEEK_MS;
  const sessions = [];
  const rows = [];
  for (let week = 0; week < weeks; week++) {
    const from = first + week * WEEK_MS;
    const next = random(1000 + week);
    const done = Math.min(3, 1 + Math.floor(next() * 3.2));
    for (let i = 0; i < done; i++) {
      const started = from + (i * 2 + 0.4) * 86_400_000 + next() * 3_600_000;
      if (started < nowMs) {
        sessions.push(session(`s-${week}-${i}`, new Date(started).toISOString(), week + i / 3, next, simulated));
      }
    }
    const cued = sessions.filter((one) => Date.parse(one.started) >= from).length * 13;
    rows.push({ week: `2026-W${String(week + 36).padStart(2, '0')}`, from: new Date(from).toISOString(), sessions: cued / 13, cued_min: cued, planned_cued_min: 39, adherence_pct: (100 * cued) / 39 });
  }
  return { code, weeks: rows, sessions };
}

function session(name, started, progress, next, simulated) {
  const metrics = { all: {}, cued: {}, uncued: {} };
  for (const [metric, [mean, spread]] of Object.entries(NAMES)) {
    for (const part of Object.keys(metrics)) {
      if (part === 'uncued' && ONLY_CUED.has(metric)) {
        continue;
      }
      const better = ['cadence_spm', 'walking_speed_mps'].includes(metric) ? mean * (0.006 * progress + (part === 'cued' ? 0.05 : 0)) : 0;
      const few = part === 'uncued' && next() < 0.12;
      metrics[part][metric] = { ...(!few && { value: mean + better + spread * (next() - 0.5) }), n: few ? 7 : 120 + Math.floor(next() * 600) };
    }
  }
  const retention = next() < 0.15 ? {} : { retention_pct: 2 + 4 * next() };
  return { session: name, started, programme: 'stroke-tempo', simulated, end: next() < 0.2 ? 'patient' : 'completed', metrics, ...retention };
}

/** A session in detail with about as many records as asked for. */
export function detail(name, count, { unit = 'unit-a', patient = 'P-017', started = '2026-11-20T09:30:00Z' } = {}) {
  const next = random(7);
  const walkS = count / 5.2;
  const share = walkS / BLOCKS.reduce((sum, [, seconds]) => sum + seconds, 0);
  let at = 0;
  const blocks = BLOCKS.map(([kind, seconds], index) => {
    const block = { index, kind, start_s: at, end_s: at + seconds * share, ...(kind === 'progress' && { level_pct: 5 }) };
    at = block.end_s;
    return block;
  });
  const records = { steps: [], strides: [], cues: [], freezes: [], events: [], gaps: [], songs: [] };
  records.events.push({ t_s: 0, what: 'started' });
  blocks.forEach((block) => {
    records.events.push({ t_s: block.start_s, what: 'block_started', block_index: block.index, block: block.kind, ...(block.kind === 'progress' && { target_spm: 110, level_pct: 5 }) });
    records.events.push({ t_s: block.end_s, what: 'block_ended', block_index: block.index, block: block.kind });
  });
  const progress = blocks[2];
  records.events.push({ t_s: progress.start_s + 22, what: 'locked' }, { t_s: progress.start_s + 190 * share, what: 'rule', rule: 'near_fall' }, { t_s: progress.start_s + 200 * share, what: 'unlocked' }, { t_s: at, what: 'ended', end: 'completed' });
  records.freezes.push({ t_s: progress.start_s + 300 * share, end_s: progress.start_s + 300 * share + 6.4, decided_s: progress.start_s + 300 * share + 1.1 });
  records.gaps.push({ t_s: 61.2, start_s: 60.8, foot: 'R' });
  steps(records, blocks, at, next);
  const base = session(name, started, 6, next, true);
  const songs = played(blocks, next);
  records.songs = songs.map(({ start_s, walked_s, steps, metrics, ...told }) => ({ t_s: start_s, ...told }));
  return { session: { ...base, songs, unit, patient, ended: new Date(Date.parse(started) + at * 1e3).toISOString(), blocks }, records };
}

/** Titles as strangers' files may have them; the last is not told. */
export const TITLES = ['Kettle march', '<img src=x onerror="document.title=1">', '=SUM(A1:A9) "quoted"', null];

const hash = (i) => String(i + 1).repeat(16);

/** Songs over the cued blocks of a session. */
function played(blocks, next) {
  const [fromS, toS] = [blocks[1].start_s, blocks[3].end_s];
  return TITLES.map((title, i) => {
    const [startS, endS] = [fromS + (i * (toS - fromS)) / TITLES.length, fromS + ((i + 1) * (toS - fromS)) / TITLES.length];
    const few = i === 3;
    const figure = (value, n) => (few ? { n: 2 } : { value, n });
    return {
      hash: hash(i), ...(title && { title }), start_s: round(startS), end_s: round(endS), walked_s: round(endS - startS), steps: 320, beats: 322, clicked_beats: i, locked_beats: 290, stretch_median_pct: 3 - 2 * i, stretch_most_pct: 5 - 3 * i, ended: ['end', 'skipped', 'tempo', 'stopped'][i], liked: i === 0,
      metrics: { cadence_spm: figure(109, 320), asynchrony_ms: figure(-38 - i, 320), asynchrony_sd_ms: figure(30 + 5 * next(), 320), locked_fraction: figure(0.93 - 0.1 * i, 19), tempo_accuracy_pct: figure(0.2, 320), walking_speed_mps: figure(0.9, 160) },
    };
  });
}

/** What music a patient walks best to, as the clinic answers: four songs, two that differ, one of too few sessions. */
export function music(code, weeks, { simulated = true } = {}) {
  const song = (i, more) => ({ hash: hash(i), ...(TITLES[i] && { title: TITLES[i] }), compared_sessions: 20 - 6 * i, sessions: 24 - 6 * i, plays: 26 - 6 * i, minutes: 80.4 - 20 * i, steps: 8000 - 2000 * i, liked: i === 0 ? 12 : 0, skipped: i, last: '2026-11-20T09:30:00Z', locked_pct: 91.2 - 6 * i, locked_windows: 500 - 120 * i, asynchrony_ms: -38, asynchrony_sd_ms: 33 + i, tempo_accuracy_pct: 0.3, cadence_spm: 109, walking_speed_mps: 0.91, stretch_pct: 2.5 - i, clicked_pct: 0.4, ...more });
  const songs = [
    song(0, { rank: 1, difference: { value: 7.9, low: 3.1, high: 12.7, verdict: 'better' } }),
    song(1, { rank: 2, difference: { value: 0.4, low: -4.9, high: 5.7, verdict: 'not_told_apart' } }),
    song(2, { rank: 3, difference: { value: -8.8, low: -15, high: -2.6, verdict: 'worse' } }),
    song(3, { compared_sessions: 2, minutes: 7.5 }),
  ];
  const plays = [{ session: 's-1', started: '2026-11-20T09:30:00Z', hash: hash(0), title: TITLES[0], start_s: 120, end_s: 320, walked_s: 200, liked: true, ended: 'end', metrics: { locked_fraction: { value: 0.95, n: 19 } } }];
  return { code, weeks, simulated, sessions: 30, sessions_with_music: 24, minutes: 210.3, fewest_sessions: 3, fewest_min: 10, ranked: 3, songs, plays };
}

function steps(records, blocks, endS, next) {
  const frozen = records.freezes[0];
  let t = 0.6;
  for (let i = 0; t < endS; i++) {
    const block = blocks.find((one) => t < one.end_s) ?? blocks.at(-1);
    const cued = ['match', 'progress', 'fade'].includes(block.kind);
    const tempo = block.kind === 'progress' ? 110 : 105;
    const foot = i % 2 === 0 ? 'L' : 'R';
    const duration = 60 / tempo + (foot === 'L' ? 0.014 : -0.014) + 0.03 * (next() - 0.5);
    if (t > frozen.t_s && t < frozen.end_s) {
      t = frozen.end_s + 0.3;
    }
    const asynchrony = -38 + 60 * (next() - 0.5) + 20 * Math.sin(t / 40);
    if (cued) {
      records.cues.push({ t_s: round(t - asynchrony / 1e3), foot, cue_id: i + 1, frame: Math.round(t * 48_000), period_s: round(60 / tempo), voice: 'beat' });
    }
    records.steps.push({ t_s: round(t), foot, decided_s: round(t + 0.07), step_duration_s: round(duration), cadence_spm: round(60 / duration), confidence: 0.96, ...(cued && { cue_id: i + 1, asynchrony_ms: round(asynchrony) }) });
    if (i > 1) {
      records.strides.push({ t_s: round(t), foot, start_s: round(t - 2 * duration), decided_s: round(t + 0.2), stride_duration_s: round(2 * duration), stance_fraction: 0.63, stride_length_m: round(0.98 + 0.1 * (next() - 0.5) + (cued ? 0.06 : 0)), speed_mps: 0.9 });
    }
    t += duration;
  }
}

function round(value) {
  return Math.round(value * 1e4) / 1e4;
}

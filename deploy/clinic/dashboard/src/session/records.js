// A session's records as plots and tables want them. No page elements here. Times are s from the session's start.

/** Kinds of record in the order of their tables, and their names. */
export const KINDS = { steps: 'Steps', strides: 'Strides', cues: 'Cues', freezes: 'Freezes', events: 'Events', gaps: 'Sensor gaps', songs: 'Songs' };

/** Cues that are further apart than this many periods are not one train of beats. */
const TRAIN_PERIODS = 3;

const NAMES = {
  started: 'Session started',
  block_started: 'Block started',
  block_ended: 'Block ended',
  level: 'Level',
  locked: 'Locked to the beat',
  unlocked: 'No longer locked',
  paused: 'Paused',
  resumed: 'Resumed',
  rule: 'Safety rule',
  ended: 'Session ended',
  silence: 'Silence',
};

/** Returns [times, cadence of left steps, of right steps, tempo of the cues]: the cue is drawn over the steps. */
export function tempoColumns(records) {
  const points = [];
  let last = null;
  for (const cue of ordered(records.cues)) {
    if (!(cue.period_s > 0)) {
      continue;
    }
    if (last && cue.t_s - last.t_s > TRAIN_PERIODS * last.period_s) {
      points.push([last.t_s + last.period_s, undefined, undefined, null]);
    }
    points.push([cue.t_s, undefined, undefined, 60 / cue.period_s]);
    last = cue;
  }
  if (last) {
    points.push([last.t_s + last.period_s, undefined, undefined, null]);
  }
  for (const step of ordered(records.steps)) {
    if (step.step_duration_s > 0) {
      points.push([...byFoot(step, 60 / step.step_duration_s), undefined]);
    }
  }
  return columns(points, 4);
}

/** Returns [times, left, right] of the steps' asynchronies, ms. */
export function asynchronyColumns(records) {
  return columns(ordered(records.steps).filter((step) => Number.isFinite(step.asynchrony_ms)).map((step) => byFoot(step, step.asynchrony_ms)), 3);
}

/** Returns [times, left, right] of the stride lengths, m. */
export function lengthColumns(records) {
  return columns(ordered(records.strides).filter((stride) => Number.isFinite(stride.stride_length_m)).map((stride) => byFoot(stride, stride.stride_length_m)), 3);
}

/** Returns how long the session lasted as far as its records and blocks tell, s. */
export function lengthS(session, records) {
  const ends = (session.blocks ?? []).map((block) => block.end_s);
  for (const kind of Object.keys(KINDS)) {
    ends.push((records[kind] ?? []).reduce((most, one) => Math.max(most, one.end_s ?? one.t_s ?? 0), 0));
  }
  return Math.max(0, ...ends.filter(Number.isFinite));
}

/** Returns what happened, oldest first: {timeS, name, detail, kind} with kind rule, freeze or event. */
export function happenings(records) {
  const events = (records.events ?? []).map((event) => ({ timeS: event.t_s, name: NAMES[event.what] ?? event.what ?? event.kind ?? '?', detail: detail(event), kind: event.what === 'rule' ? 'rule' : 'event' }));
  const freezes = (records.freezes ?? []).map((freeze) => ({ timeS: freeze.t_s, name: 'Freeze', detail: Number.isFinite(freeze.end_s) ? `${(freeze.end_s - freeze.t_s).toFixed(1)} s` : '', kind: 'freeze' }));
  return [...events, ...freezes].sort((a, b) => a.timeS - b.timeS);
}

/** Rows within [startS, endS], or all. */
export function within(rows, range) {
  return range === null ? rows : rows.filter((row) => (row.end_s ?? row.t_s) >= range[0] && row.t_s <= range[1]);
}

function detail(event) {
  const parts = [];
  if (event.rule) {
    parts.push(event.rule.replaceAll('_', ' '));
  }
  if (Number.isFinite(event.block_index) && ['block_started', 'block_ended'].includes(event.what)) {
    parts.push(`${event.block_index + 1}${event.block ? `, ${event.block}` : ''}`);
  }
  if (Number.isFinite(event.target_spm)) {
    parts.push(`target ${Math.round(event.target_spm)} beats/min`);
  }
  if (Number.isFinite(event.level_pct)) {
    parts.push(`${event.level_pct < 0 ? '−' : '+'}${Math.abs(event.level_pct)} %`);
  }
  if (event.end) {
    parts.push(event.end.replaceAll('_', ' '));
  }
  return parts.join(', ');
}

function byFoot(record, value) {
  const left = record.foot === 'L' || record.foot === 'left';
  return [record.t_s, left ? value : undefined, left ? undefined : value];
}

function ordered(rows = []) {
  return [...rows].sort((a, b) => a.t_s - b.t_s);
}

function columns(points, width) {
  points.sort((a, b) => a[0] - b[0]);
  return Array.from({ length: width }, (_, column) => points.map((point) => point[column]));
}

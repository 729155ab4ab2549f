// What is drawn of a patient's weeks, taken from the server's answer. No page elements here.

import { difference } from '../words.js';

/** Plots of the patient page: what each shows of a session, its unit, and whether zero belongs on its scale. */
export const TRENDS = [
  { id: 'cadence', name: 'Cadence', unit: 'steps/min, whole session', digits: 0, of: (one) => one.metrics?.all?.cadence_spm, least: 10 },
  { id: 'speed', name: 'Walking speed', unit: 'm/s, whole session', digits: 1, of: (one) => one.metrics?.all?.walking_speed_mps, least: 0.2 },
  { id: 'asymmetry', name: 'Step asymmetry', unit: '(L − R) / (L + R); 0 is even', digits: 2, zero: true, of: (one) => one.metrics?.all?.step_asymmetry, least: 0.05 },
  { id: 'retention', name: 'Retention', unit: '% of the baseline cadence, after the cues', digits: 0, zero: true, of: retention, least: 5 },
  { id: 'cadence-change', name: 'Cadence, cued minus uncued', unit: 'steps/min', digits: 0, zero: true, of: (one) => changed('cadence_spm', one), least: 5 },
  { id: 'speed-change', name: 'Walking speed, cued minus uncued', unit: 'm/s', digits: 2, zero: true, of: (one) => changed('walking_speed_mps', one), least: 0.1 },
];

/** A difference rests on the smaller of its two parts. */
function changed(name, one) {
  const [cued, uncued] = [one.metrics?.cued?.[name], one.metrics?.uncued?.[name]];
  if (!cued || !uncued) {
    return undefined;
  }
  const value = difference(name, one.metrics);
  return { ...(value !== null && { value }), n: Math.min(cued.n ?? 0, uncued.n ?? 0) };
}

function retention(one) {
  return Number.isFinite(one.retention_pct) ? { ...one.metrics?.all?.retention_pct, value: one.retention_pct } : one.metrics?.all?.retention_pct;
}

/**
 * Returns columns for a plot: [seconds since 1970, measured, simulated, insufficient]. An insufficient value has a place in
 * time but none on the scale, so it is drawn at the floor.
 */
export function columns(trend, sessions, floor = 0) {
  const points = sessions
    .map((one) => ({ timeS: Date.parse(one.started ?? '') / 1e3, found: trend.of(one), simulated: one.simulated === true }))
    .filter(({ timeS, found }) => Number.isFinite(timeS) && found)
    .sort((a, b) => a.timeS - b.timeS);
  return [
    points.map(({ timeS }) => timeS),
    points.map(({ found, simulated }) => (!simulated && Number.isFinite(found.value) ? found.value : null)),
    points.map(({ found, simulated }) => (simulated && Number.isFinite(found.value) ? found.value : null)),
    points.map(({ found }) => (Number.isFinite(found.value) ? null : floor)),
  ];
}

/** Returns the scale of a trend's values: room around them, zero in it for differences, never narrower than is worth seeing. */
export function scale(trend, values) {
  const known = values.filter(Number.isFinite);
  let low = Math.min(...known, ...(trend.zero ? [0] : []));
  let high = Math.max(...known, ...(trend.zero ? [0] : []));
  if (!Number.isFinite(low)) {
    [low, high] = [0, trend.least];
  }
  const missing = Math.max(0, trend.least - (high - low)) / 2;
  const room = 0.12 * Math.max(trend.least, high - low);
  return [low - missing - room, high + missing + room];
}

/** Says in words what a plot shows, for those who cannot see it. */
export function spoken(trend, sessions) {
  const found = sessions.map((one) => trend.of(one)).filter((one) => one);
  const values = found.filter((one) => Number.isFinite(one.value));
  if (values.length === 0) {
    return `${trend.name}: nothing that rests on enough.`;
  }
  const digits = trend.digits + 1;
  const text = (one) => one.value.toFixed(digits).replace('-', '−');
  return `${trend.name}, ${trend.unit}: ${values.length} sessions, first ${text(values[0])}, last ${text(values.at(-1))}${found.length > values.length ? `; ${found.length - values.length} insufficient` : ''}.`;
}

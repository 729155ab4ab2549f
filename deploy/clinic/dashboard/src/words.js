// Figures and times as people read them. Nothing here knows the page.

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const MINUTE_S = 60;
const HOUR_S = 3600;

/** Names, units and decimals of a session's metrics, in the order of the clinic's handbook. */
export const METRICS = {
  cadence_spm: { label: 'Cadence', unit: 'steps/min', digits: 1 },
  walking_speed_mps: { label: 'Walking speed', unit: 'm/s', digits: 2 },
  stride_length_m: { label: 'Stride length', unit: 'm', digits: 2 },
  stride_duration_s: { label: 'Stride time', unit: 's', digits: 3 },
  stride_duration_cv_pct: { label: 'Stride time variation', unit: '%', digits: 1, notCompared: true },
  step_asymmetry: { label: 'Step asymmetry', unit: 'L to R', digits: 3 },
  stance_asymmetry: { label: 'Stance asymmetry', unit: 'L to R', digits: 3 },
  swing_asymmetry: { label: 'Swing asymmetry', unit: 'L to R', digits: 3 },
  double_support_pct: { label: 'Double support', unit: '%', digits: 1 },
  asynchrony_ms: { label: 'Asynchrony', unit: 'ms', digits: 0, signed: true },
  asynchrony_sd_ms: { label: 'Asynchrony, SD', unit: 'ms', digits: 0 },
  relative_phase_rad: { label: 'Relative phase', unit: 'rad', digits: 2, signed: true },
  resultant_length: { label: 'Concentration R', unit: '0 to 1', digits: 2 },
  locked_fraction: { label: 'Locked to the beat', unit: 'share of windows', digits: 2 },
  tempo_accuracy_pct: { label: 'Tempo against cue', unit: '%', digits: 1, signed: true },
  phase_correction_gain: { label: 'Phase correction', unit: '0 to 1', digits: 2 },
  dfa_alpha: { label: 'Memory of stride times (DFA)', unit: 'alpha', digits: 2, notCompared: true },
  freezing_time_pct: { label: 'Time frozen', unit: '%', digits: 1 },
  freeze_count: { label: 'Freezes', unit: 'episodes', digits: 0 },
  freeze_to_cue_s: { label: 'Freeze to cue', unit: 's', digits: 1 },
  retention_pct: { label: 'Retention', unit: '%', digits: 1, signed: true },
};

/** Returns a number with a true minus sign; a dash for none. */
export function number(value, digits = 0, signed = false) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const text = Math.abs(value).toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const zero = Number(Math.abs(value).toFixed(digits)) === 0;
  return `${zero ? '' : value < 0 ? '−' : signed ? '+' : ''}${text}`;
}

/** Returns a metric {value?, n} in words, with what it rests on: "insufficient" is never a guess. */
export function metric(name, found) {
  if (!found) {
    return '–';
  }
  const { digits, signed } = METRICS[name] ?? { digits: 2 };
  if (!Number.isFinite(found.value)) {
    return found.n > 0 ? `insufficient (n ${number(found.n)})` : 'insufficient';
  }
  return found.n === undefined || found.n === null ? number(found.value, digits, signed) : `${number(found.value, digits, signed)} (n ${number(found.n)})`;
}

/** Returns cued minus uncued where both are known, else null. */
export function difference(name, metrics) {
  const [cued, uncued] = [metrics?.cued?.[name]?.value, metrics?.uncued?.[name]?.value];
  const compared = Number.isFinite(cued) && Number.isFinite(uncued) && !METRICS[name]?.notCompared;
  return compared ? cued - uncued : null;
}

/** Returns a moment in the viewer's time zone: "23 Nov 2026, 10:00". */
export function moment(utc) {
  const date = new Date(utc ?? NaN);
  return Number.isNaN(date.getTime())
    ? 'not known'
    : date.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** Returns a day of UTC: "2 Nov". */
export function day(utc) {
  return new Date(utc).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** Returns how long ago something was: "12 s ago". */
export function ago(utc, nowMs = Date.now()) {
  const ms = new Date(utc ?? NaN).getTime();
  return Number.isNaN(ms) ? 'never' : `${span(Math.max(0, nowMs - ms) / 1e3)} ago`;
}

/** Returns a length of time: "12 s", "5 min", "3 h", "4 days". */
export function span(seconds) {
  if (seconds < 2 * MINUTE_S) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 2 * HOUR_S) {
    return `${Math.round(seconds / MINUTE_S)} min`;
  }
  return seconds < 48 * HOUR_S ? `${Math.round(seconds / HOUR_S)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** Returns a time within a session: "2:05", "1:02:05"; tenths when asked. */
export function clock(seconds, tenths = false) {
  const whole = tenths ? Math.floor(Math.abs(seconds) * 10 + 1e-6) / 10 : Math.round(Math.abs(seconds));
  const s = (whole % 60).toFixed(tenths ? 1 : 0).padStart(tenths ? 4 : 2, '0');
  const min = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / HOUR_S);
  const text = hours > 0 ? `${hours}:${String(min).padStart(2, '0')}:${s}` : `${min}:${s}`;
  return seconds < 0 && whole > 0 ? `−${text}` : text;
}

/** Says in which zone the page tells times. */
export function zone() {
  return `Times are in this device’s zone (${ZONE}).`;
}

/** Returns "1 session", "2 sessions". */
export function many(count, noun) {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Returns counts by kind in words: "step 12, cue 3"; null for none. */
export function lostInWords(lost) {
  const kinds = Object.entries(lost ?? {}).filter(([, count]) => count > 0);
  return kinds.length === 0 ? null : kinds.map(([kind, count]) => `${kind.replaceAll('_', ' ')} ${number(count)}`).join(', ');
}

/** Returns words for names such as "send_logs". */
export function plain(name) {
  const text = String(name ?? '').replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

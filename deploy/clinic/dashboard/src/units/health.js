// How a unit is, in words. No page elements here.

import { number, span } from '../words.js';

/** A clock whose error is above this, s, is told: strides of two units could no longer be put side by side. */
const CLOCK_WARN_S = 1;
const BATTERY_WARN_PCT = 20;
/** Records that wait while a unit is online, before it is told. */
const WAITING_WARN = 1000;

/** Returns {state, text}: whether the unit is there. The shape before the word tells it without colour. */
export function presence(unit) {
  const state = unit.state ?? (unit.online ? 'online' : 'unknown');
  if (unit.online || state === 'online') {
    return { state: 'good', text: '● online' };
  }
  if (state === 'stopped') {
    return { state: 'plain', text: '■ stopped' };
  }
  return state === 'offline' ? { state: 'bad', text: '▲ offline' } : { state: 'plain', text: '○ not known' };
}

/** Returns the batteries in words, or null: one number, or one for each of several named ones. */
export function batteries(battery) {
  if (battery === null || battery === undefined) {
    return null;
  }
  if (typeof battery === 'number') {
    return `${number(battery)} %`;
  }
  const parts = Object.entries(battery).filter(([, pct]) => Number.isFinite(pct));
  return parts.length === 0 ? null : parts.map(([name, pct]) => `${name.replace(/_?pct$/, '')} ${number(pct)} %`).join(', ');
}

/** Returns the clock's error in words, or null. */
export function clockError(seconds) {
  if (!Number.isFinite(seconds)) {
    return null;
  }
  return Math.abs(seconds) < 1 ? `± ${number(Math.abs(seconds) * 1e3, Math.abs(seconds) < 0.01 ? 1 : 0)} ms` : `± ${span(Math.abs(seconds))}`;
}

/** Returns {state, text}: the prescription (rx) or the settings (cfg) wanted against what the unit runs. */
export function wanted(unit, which = 'rx') {
  const runs = unit.reported?.[which] ?? null;
  const want = unit.wanted?.[which]?.rev ?? unit[`${which}_wanted_rev`] ?? null;
  const running = runs?.rev ?? null;
  const has = running === null ? 'none running' : `revision ${running} runs`;
  if (runs?.refused && (want === null || runs.refused.rev === undefined || runs.refused.rev === want)) {
    const rev = runs.refused.rev === undefined ? '' : ` ${runs.refused.rev}`;
    return { state: 'bad', text: `✗ revision${rev} refused: ${runs.refused.reason ?? runs.refused.code}; ${has}` };
  }
  if (want !== null && want !== running) {
    return { state: 'warn', text: `◆ revision ${want} wanted; ${has}` };
  }
  if (runs?.state === 'waiting') {
    return { state: 'warn', text: `◆ a new one waits for the end of the walk; ${has}` };
  }
  return running === null ? { state: 'plain', text: '– none' } : { state: 'good', text: `✓ ${has}` };
}

/** Returns what somebody should look at, worst first; empty for a unit that is well. */
export function troubles(unit) {
  const found = (unit.faults ?? []).filter((fault) => fault.cleared !== true).map((fault) => fault.text ?? fault.code ?? String(fault));
  if (presence(unit).state === 'bad') {
    found.push('offline');
  }
  const levels = typeof unit.battery === 'number' ? [unit.battery] : Object.values(unit.battery ?? {});
  if (levels.some((pct) => Number.isFinite(pct) && pct <= BATTERY_WARN_PCT)) {
    found.push('battery low');
  }
  if (unit.clock_error_s > CLOCK_WARN_S) {
    found.push('its clock is not set');
  }
  if (unit.waiting > WAITING_WARN) {
    found.push('many records wait');
  }
  if (['bad', 'warn'].includes(wanted(unit).state) || wanted(unit, 'cfg').state === 'bad') {
    found.push('prescription or settings not as wanted');
  }
  return found;
}

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

/**
 * Returns {state, text}: the prescription (rx) or the settings (cfg) by the unit's own word. The revision it tells is the one it
 * took last: while that waits for the end of the walk, it does not tell what runs.
 */
export function inForce(unit, which = 'rx') {
  const told = unit.reported?.[which] ?? null;
  const rev = told?.rev ?? null;
  const waits = told?.state === 'waiting';
  const is = waits ? (rev === null ? 'its withdrawal waits for the end of the walk' : `revision ${rev} waits for the end of the walk`) : rev === null ? 'none running' : `revision ${rev} runs`;
  if (told?.refused) {
    const refused = told.refused.rev === undefined ? '' : ` ${told.refused.rev}`;
    return { state: 'bad', text: `✗ revision${refused} refused: ${told.refused.reason ?? told.refused.code}; ${is}` };
  }
  if (waits) {
    return { state: 'warn', text: `◆ ${is}` };
  }
  return rev === null ? { state: 'plain', text: '– none' } : { state: 'good', text: `✓ ${is}` };
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
  if (['bad', 'warn'].includes(inForce(unit).state) || inForce(unit, 'cfg').state === 'bad') {
    found.push('prescription or settings not as wanted');
  }
  return found;
}

// A unit's timing in full: its latest proof, and how it was before.

import { facts, h, table } from '../dom.js';
import { readTiming } from '../live/payload.js';
import { nothing } from '../notice.js';
import { Histogram } from '../timing/histogram.js';
import { outputLine, quantileNs, size, verdict } from '../timing/timing.js';
import { moment, number } from '../words.js';

const ROWS = 50;

/** @param {{latest: ?object, history: Array}} told timing payload of the unit and what was stored of the earlier ones */
export function timingSection(told) {
  return h('div', {}, proof(told.latest), history(told.history ?? []));
}

/** The proof in a timing payload: a sentence, figures and the histogram. */
export function proof(payload) {
  const timing = payload ? readTiming(payload) : null;
  if (timing === null) {
    return nothing(payload ? 'The unit’s latest timing cannot be read by this page.' : 'The unit has not told its timing yet: it does once a minute.');
  }
  const said = verdict(timing, () => null);
  const { onsets, cues } = timing;
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('role', 'img');
  new Histogram(picture).draw(onsets, timing.output.rateHz === null ? null : 1e9 / timing.output.rateHz);
  return h(
    'div',
    { class: 'proof' },
    h('div', {}, h('p', { class: 'verdict', 'data-state': said.state }, said.text), h('p', {}, outputLine(timing)), sound(timing.sound)),
    facts([
      ['Cues played', number(cues.played)],
      ['Half of the cues within', size(quantileNs(onsets, 0.5))],
      ['99 of 100 within', size(quantileNs(onsets, 0.99))],
      ['Largest', onsets.count === 0 ? '–' : size(onsets.maxNs)],
      ['Late cues', number(cues.late)],
      ['Underruns', number(timing.underruns)],
    ]),
    h('figure', { class: 'histogram' }, picture, h('figcaption', {}, 'Onset error, number of cues')),
  );
}

function sound(told) {
  if (told === null) {
    return null;
  }
  const dose = told.dosePct7d === null ? 'not known' : `${number(told.dosePct7d, 2)} % of what is allowed`;
  return h('p', {}, `Sound dose of the last 7 days: ${dose}${told.attenuationDb > 0 ? `; cues are ${number(told.attenuationDb)} dB softer by rule` : ''}.`);
}

function history(list) {
  if (list.length === 0) {
    return nothing('No earlier timing is stored.');
  }
  const newest = [...list].sort((a, b) => String(b.utc ?? '').localeCompare(String(a.utc ?? ''))).slice(0, ROWS);
  return h(
    'details',
    { open: list.length <= 12 },
    h('summary', {}, `Before: the latest ${newest.length} of what it told`),
    table(
      'Each counts from the start of the agent',
      ['When', 'Cues played', 'Late', 'Underruns', 'Worst, frames', '99 of 100 within'],
      newest.map((one) => [moment(one.utc), number(one.played), number(one.late), number(one.underruns), number(one.worst_frames), Number.isFinite(one.p99_ns) ? size(one.p99_ns) : '–']),
      { class: 'figures' },
    ),
  );
}

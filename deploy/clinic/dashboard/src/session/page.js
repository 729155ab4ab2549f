import { facts, fill, h, table } from '../dom.js';
import { nothing, problem } from '../notice.js';
import { to } from '../router.js';
import { proof } from '../units/proof.js';
import { METRICS, clock, difference, lostInWords, metric, moment, number, plain } from '../words.js';
import { songsOf } from '../songs.js';
import { musicSection, songStrip } from './music.js';
import { Plots } from './plots.js';
import { KINDS, happenings, lengthS } from './records.js';
import { rawRows } from './rows.js';
import { blockStrip, zoomButtons } from './strip.js';
import { Zoom } from './zoom.js';

/** Parts of 10,000 records each that are asked for at most: many hours of walking. */
const MOST_PARTS = 50;

/** One session in detail. */
export async function sessionPage({ main, api, params, signal, title }) {
  const askedMs = performance.now();
  const path = `sessions/${encodeURIComponent(params.session)}`;
  const session = await api.get(path, signal);
  const lost = lostInWords(session.lost);
  const began = moment(session.started ?? session.heard);
  title(`Session of ${began}`);
  const records = h('div', { id: 'records' }, h('p', {}, 'Loading every stride …'));
  fill(
    main,
    h('p', { class: 'path' }, session.patient ? [h('a', { href: to('patients') }, 'Patients'), ' › ', h('a', { href: to('patients', session.patient) }, session.patient)] : [h('a', { href: to('units') }, 'Units'), ' › ', h('a', { href: to('units', session.unit) }, session.unit)]),
    h('h1', { tabindex: '-1' }, `Session of ${began}`),
    lost && h('p', { class: 'problem', role: 'note' }, `▲ Records of this session gave way on the unit before the clinic had them: ${lost}. What is shown here may lack them.`),
    session.simulated && h('p', { class: 'simulated', role: 'note' }, '△ This session is simulated: nobody walked.'),
    about(session),
    records,
    session.timing && h('section', { 'aria-labelledby': 'proof-title' }, h('h2', { id: 'proof-title' }, 'Sound and timing'), proof(session.timing)),
  );
  allRecords(api, path, signal).then(
    (found) => {
      detail(records, session, found, signal);
      performance.measure('session shown', { start: askedMs });
    },
    (error) => signal.aborted || fill(records, problem(error)),
  );
}

/** The server gives a long session in parts. */
async function allRecords(api, path, signal) {
  const all = {};
  let next;
  for (let part = 0; part < MOST_PARTS && (part === 0 || next); part++) {
    const found = await api.get(`${path}/records${next ? `?after=${encodeURIComponent(next)}` : ''}`, signal);
    for (const kind of Object.keys(KINDS)) {
      all[kind] = (all[kind] ?? []).concat(found[kind] ?? []);
    }
    next = found.next;
  }
  return all;
}

function about(session) {
  const seconds = (Date.parse(session.ended ?? '') - Date.parse(session.started ?? '')) / 1e3;
  return facts([
    ['Programme', session.programme === 'plain' ? 'none, a plain walk' : (session.programme ?? 'not told')],
    ['Unit', h('a', { href: to('units', session.unit) }, session.unit)],
    ['Started', session.started ? moment(session.started) : `not known: the unit’s clock was not set; heard of ${moment(session.heard)}`],
    ['Lasted', Number.isFinite(seconds) ? clock(seconds) : null],
    ['End', session.end ? `${plain(session.end)}${session.rule ? `: ${plain(session.rule)}` : ''}` : 'goes on, or has not been told'],
  ]);
}

function detail(place, session, records, signal) {
  const endS = lengthS(session, records);
  const zoom = new Zoom(0, endS, drawn);
  const songs = songsOf(session, records);
  const plots = new Plots(session, records, songs, zoom, signal);
  const rows = rawRows(session, records, zoom);
  const buttons = zoomButtons(zoom);
  const keys = h('div', { id: 'plots', tabindex: '0', role: 'group', 'aria-label': 'Plots. Plus and minus zoom, arrows move, Home shows all.', onkeydown: (event) => !event.ctrlKey && !event.metaKey && !event.altKey && zoom.key(event.key) && event.preventDefault() }, plots.element);

  function drawn() {
    plots.draw();
    rows.draw();
    buttons.querySelector('#range').textContent = zoom.isWhole ? `Whole session, ${clock(endS)}` : `${clock(zoom.startS, true)} to ${clock(zoom.endS, true)}`;
  }

  fill(
    place,
    h(
      'section',
      { 'aria-labelledby': 'steps-title' },
      h('h2', { id: 'steps-title' }, 'Every step and cue'),
      blockStrip(session.blocks ?? [], zoom),
      songStrip(songs, zoom),
      buttons,
      h('p', { class: 'legend' }, ['left', 'right', 'tempo', 'cued', 'uncued', 'freeze', 'rule', ...(songs.length > 0 ? ['song'] : [])].map((name) => [h('span', { class: `key ${name}` }), LEGEND[name]])),
      keys,
      h('p', { class: 'hint' }, 'Mouse: drag over a part to look at it. Fingers: one moves, two zoom. Keyboard, with the plots in focus: + and − zoom, arrows move, Home shows all.'),
    ),
    h('section', { 'aria-labelledby': 'metrics-title' }, h('h2', { id: 'metrics-title' }, 'Figures'), metrics(session.metrics)),
    musicSection(session, songs),
    h('section', { 'aria-labelledby': 'events-title' }, h('h2', { id: 'events-title' }, 'What happened'), events(records, zoom)),
    h('section', { 'aria-labelledby': 'rows-title' }, h('h2', { id: 'rows-title' }, 'Every record'), rows.element),
  );
  zoom.all();
}

const LEGEND = { left: 'left', right: 'right', tempo: 'cue tempo', cued: 'block with cues', uncued: 'block without', freeze: 'freeze', rule: 'safety rule', song: 'song, by its number' };
const AROUND_S = 10;

function events(records, zoom) {
  const found = happenings(records);
  if (found.length === 0) {
    return nothing('Nothing but steps and cues.');
  }
  const show = (one) => h('button', { type: 'button', class: 'small', 'aria-label': `Show ${clock(one.timeS)} in the plots`, onclick: () => zoom.show(one.timeS - AROUND_S, one.timeS + AROUND_S) }, clock(one.timeS));
  const sign = { rule: '▼ ', freeze: '▨ ', event: '' };
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Events' }, table('Choose a time to see it in the plots', ['Time', 'What', 'More'], found.map((one) => [show(one), `${sign[one.kind]}${one.name}`, one.detail]), { class: 'events' }));
}

function metrics(found) {
  const names = Object.keys(METRICS).filter((name) => ['all', 'cued', 'uncued'].some((part) => found?.[part]?.[name]));
  if (names.length === 0) {
    return nothing('No figures yet: the unit tells them when the session has ended.');
  }
  const change = (name) => {
    const value = difference(name, found);
    return METRICS[name].notCompared ? 'not compared' : value === null ? '–' : number(value, METRICS[name].digits, true);
  };
  return h(
    'div',
    { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Figures' },
    table(
      'n is what a figure rests on; “insufficient” means too little of it. One session proves nothing.',
      ['Figure', 'Unit', 'Whole session', 'With cues', 'Without', 'Cued − uncued'],
      names.map((name) => [METRICS[name].label, METRICS[name].unit, ...['all', 'cued', 'uncued'].map((part) => metric(name, found[part]?.[name])), change(name)]),
      { class: 'figures', id: 'metrics' },
    ),
  );
}

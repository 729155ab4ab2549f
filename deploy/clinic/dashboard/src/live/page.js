import { fill, h } from '../dom.js';
import { to } from '../router.js';
import { AsynchronyChart, CadenceChart } from './charts.js';
import { FootPicture } from './feet.js';
import { Panel } from './panel.js';
import { Malformed, missed, read } from './payload.js';
import { listen } from './stream.js';
import { Unit } from './walk.js';

/** The charts move by steps of this; the feet move with every frame. */
const CHART_MS = 200;

/** A walk as it happens. */
export async function livePage({ main, api, params, signal, title }) {
  const name = params.unit;
  title(`${name} live`);
  const path = `units/${encodeURIComponent(name)}`;
  const known = await api.get(path, signal);
  fill(main, markup(name));
  const unit = new Unit(name);
  unit.know(known);
  const panel = new Panel(unit);
  const feet = Object.fromEntries(['left', 'right'].map((side) => [side, new FootPicture(document.getElementById(`foot-${side}`), side)]));
  const charts = [new CadenceChart(document.getElementById('cadence-chart'), signal), new AsynchronyChart(document.getElementById('asynchrony-chart'), signal)];

  function hear(kind, data) {
    try {
      if (kind === 'lost') {
        panel.countMissed(missed(data));
        return;
      }
      unit.take(kind, read(kind, data), performance.now());
    } catch (error) {
      if (!(error instanceof Malformed)) {
        throw error;
      }
      panel.countMalformed();
    }
  }

  listen(name, hear, (state) => panel.stream(state), () => api.get('me', signal), signal);
  api.get(`${path}/timing`, signal).then(
    ({ latest }) => latest && unit.timing === null && hear('timing', JSON.stringify(latest)),
    () => {}, // The stream tells the next one; until then the page says that there are no figures.
  );

  let chartsAtMs = -Infinity;
  function frame(nowMs) {
    if (signal.aborted) {
      return;
    }
    const live = !unit.stale(nowMs) && unit.status !== 'stopped';
    for (const [side, picture] of Object.entries(feet)) {
      const track = unit.feet[side];
      picture.draw(live ? unit.phase(side, nowMs) : null, unit.why(side, nowMs), track.stance, unit.state?.strideS ?? track.strideS, nowMs);
    }
    panel.drawLamp(nowMs);
    if (nowMs - chartsAtMs >= CHART_MS) {
      chartsAtMs = nowMs;
      panel.draw(nowMs);
      // Stale charts stop with the last thing heard instead of scrolling it out of sight.
      const nowS = unit.timeS(live ? nowMs : (unit.stateAtMs ?? nowMs)) ?? 0;
      charts.forEach((chart) => chart.draw(unit, nowS, live));
    }
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
}

function markup(name) {
  return h(
    'div',
    { class: 'live' },
    h(
      'div',
      { class: 'head' },
      h('p', { class: 'path' }, h('a', { href: to('units') }, 'Units'), ' › ', h('a', { href: to('units', name) }, name)),
      h('h1', { tabindex: '-1' }, name, h('span', {}, ' live')),
      h('p', { class: 'badges' }, badge('stream', 'Server: connecting'), badge('status', 'Unit: not known'), badge('fresh', 'No data yet')),
      h('p', { id: 'said', class: 'quiet', role: 'status' }),
    ),
    h('div', { id: 'walk', class: 'walk', 'data-fresh': 'unknown' }, feetSection(), numbersSection(), chartsSection(), timingSection()),
    totals(),
  );
}

const badge = (id, text) => h('span', { id, class: 'badge', 'data-state': 'unknown' }, text);
const key = (name, text) => [h('span', { class: `key ${name}` }), text];
const tile = (name, ...children) => h('div', {}, h('dt', {}, name), h('dd', {}, children));

function feetSection() {
  return h(
    'section',
    { class: 'feet', 'aria-label': 'Gait cycle of both feet' },
    h('figure', { id: 'foot-left' }),
    h('figure', { id: 'foot-right' }),
    h('p', { class: 'legend' }, key('stance', 'stance'), key('swing', 'swing'), key('contact', 'initial contact')),
    h('dl', { class: 'sensors' }, tile('Left insole', h('span', { id: 'sensor-left' }, '–')), tile('Right insole', h('span', { id: 'sensor-right' }, '–'))),
  );
}

function numbersSection() {
  const value = (id) => h('b', { id }, '–');
  return h(
    'section',
    { class: 'numbers', 'aria-label': 'Latest values' },
    h(
      'dl',
      {},
      tile('Cadence', value('cadence'), h('i', {}, ' steps/min')),
      tile('Cue tempo', value('tempo'), h('i', {}, ' beats/min')),
      tile(['Asynchrony ', h('small', {}, 'mean of 20 steps')], value('asynchrony'), h('i', {}, ' ms', h('span', { id: 'spread' }))),
      tile('With the beat', h('b', { id: 'locked', 'data-state': 'unknown' }, '–')),
      tile('Session', h('b', { id: 'block', class: 'text' }, '–'), h('i', { id: 'target', class: 'more' })),
      tile(['Last cue ', h('small', { id: 'cue-more' })], h('span', { id: 'lamp', class: 'lamp' }), value('cue')),
    ),
  );
}

function chartsSection() {
  const chart = (id, name, how) => [
    h('h2', { id: `${id}-title` }, name, ' ', h('small', {}, how)),
    h('div', { id: `${id}-chart`, class: 'chart', role: 'img', 'aria-labelledby': `${id}-title` }),
  ];
  return h(
    'section',
    { class: 'charts', 'aria-label': 'The last minute' },
    chart('cadence', 'Cadence, step by step', 'steps/min'),
    chart('asynchrony', 'Asynchrony, step by step', 'ms; below 0 the step comes before the beat'),
    h('p', { class: 'legend' }, key('left', 'left step'), key('right', 'right step'), key('tempo', 'cue tempo')),
  );
}

function timingSection() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.id = 'onsets';
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', 'No onset errors yet');
  const figure = (name, id, more) => h('div', {}, h('dt', {}, name), h('dd', {}, h('span', { id }, '–'), more));
  return h(
    'section',
    { class: 'timing', 'aria-labelledby': 'timing-title' },
    h(
      'div',
      { class: 'said' },
      h('h2', { id: 'timing-title' }, 'Sound and timing ', h('small', { id: 'told' })),
      h('p', { id: 'verdict', class: 'verdict', role: 'status', 'data-state': 'unknown' }, 'No figures yet: a unit tells them once a minute.'),
      h('p', { id: 'output' }),
    ),
    h('dl', {}, figure('Onset error, half of the cues within', 'onset-p50'), figure('99 of 100 within', 'onset-p99'), figure('Largest', 'onset-max'), figure('Late cues', 'late'), figure('Underruns', 'underruns'), figure('Card’s clock', 'ppm', ' ppm')),
    h('figure', { class: 'histogram' }, svg, h('figcaption', {}, 'Onset error, number of cues')),
  );
}

function totals() {
  const total = (name, id, box) => h('div', { id: box }, h('dt', {}, name), h('dd', { id }, '0'));
  return h(
    'dl',
    { class: 'totals' },
    total('Steps', 'steps'),
    total('Strides', 'strides'),
    total('Cues', 'cues'),
    total('Sensor gaps', 'gaps'),
    total('Waiting for the clinic', 'waiting'),
    total('Unreadable', 'malformed', 'malformed-box'),
    total('Not shown: this page was too slow', 'missed', 'missed-box'),
    total('Agent', 'agent'),
  );
}

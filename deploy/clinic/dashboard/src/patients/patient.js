import uPlot from 'uplot';
import { BAD, LEFT } from '../colours.js';
import { fill, h } from '../dom.js';
import { badge, nothing, problem } from '../notice.js';
import { axis, fit, lineAt, marks, upright } from '../plot.js';
import { to } from '../router.js';
import { day, difference, many, metric, moment, number, plain } from '../words.js';
import { musicSection } from './music.js';
import { weekBars } from './weeks.js';
import { TRENDS, columns, scale, spoken } from './trends.js';

const WEEKS = [4, 12, 26, 52];
const SHOWN_METRICS = ['cadence_spm', 'walking_speed_mps', 'step_asymmetry'];

/** A patient's code over the weeks. */
export async function patientPage({ main, api, params, signal, title }) {
  const { code } = params;
  title(code);
  const body = h('div', { class: 'trend' });
  const choose = h('select', { id: 'weeks', onchange: reload }, WEEKS.map((weeks) => h('option', { value: weeks, selected: weeks === 12 }, `${weeks} weeks`)));
  let drawn = new AbortController();

  async function load(weeks) {
    // Whatever was asked for before is not waited for any more: its answer, come late, would be drawn over this one.
    drawn.abort();
    drawn = new AbortController();
    const mine = drawn;
    const trend = await api.get(`patients/${encodeURIComponent(code)}/trend?weeks=${weeks}`, mine.signal);
    if (mine.signal.aborted) {
      return;
    }
    draw(body, trend, musicSection(api, code, weeks, drawn.signal), drawn.signal);
  }

  async function reload() {
    const asked = load(Number(choose.value));
    const mine = drawn;
    await asked.catch((error) => mine.signal.aborted || fill(body, problem(error)));
  }

  signal.addEventListener('abort', () => drawn.abort());
  await load(12);
  fill(
    main,
    h('p', { class: 'path' }, h('a', { href: to('patients') }, 'Patients')),
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, code), h('label', { for: 'weeks' }, 'Show'), choose),
    body,
  );
}

function draw(body, trend, music, signal) {
  const sessions = (trend.sessions ?? []).map((one) => ({ ...one, simulated: one.simulated ?? trend.simulated }));
  const simulated = sessions.filter((one) => one.simulated === true).length;
  fill(
    body,
    simulated > 0 && h('p', { class: 'simulated', role: 'note' }, `△ ${simulated === sessions.length ? 'Every session here is' : `${many(simulated, 'session')} here are`} simulated: nobody walked. They are drawn as hollow triangles.`),
    h('h2', {}, 'Adherence'),
    weekBars(trend.weeks ?? []),
    h('p', { class: 'hint' }, 'Weeks run from Monday to Sunday in UTC. A bar is cued minutes done, the line above it what was prescribed; 100 % is a full prescription. The prescription is that of the newest session, for earlier weeks too.'),
    trend.left_out > 0 && h('p', { class: 'hint' }, `${many(trend.left_out, 'session')} not shown: earlier than these weeks, for another condition, or simulated where others are not.`),
    h('h2', {}, 'Walking, session by session'),
    h('p', { class: 'legend' }, h('span', { class: 'key left' }), 'measured', h('span', { class: 'key hollow' }), 'simulated', h('span', { class: 'key cross' }), 'insufficient: it rests on too little to be a figure'),
  );
  const plots = h('div', { class: 'plots' });
  body.append(plots);
  const range = span(trend, sessions);
  TRENDS.forEach((one) => plots.append(plot(one, sessions, range, signal)));
  body.append(music, h('h2', {}, 'All of them'), sessions.length === 0 ? nothing('No session in these weeks.') : sessionTable(sessions));
}

/** All plots share the weeks shown, in s since 1970, so that one can be read under the other. */
function span(trend, sessions) {
  const times = [...(trend.weeks ?? []).map((week) => Date.parse(week.from) / 1e3), ...sessions.map((one) => Date.parse(one.started ?? '') / 1e3)].filter(Number.isFinite);
  const nowS = Date.now() / 1e3;
  return times.length === 0 ? [nowS - 7 * 86_400, nowS] : [Math.min(...times) - 86_400, Math.max(...times) + 86_400];
}

function plot(trend, sessions, [from, until], signal) {
  const element = h('div', { class: 'chart', role: 'img', 'aria-label': spoken(trend, sessions) });
  const figure = h('figure', { 'data-trend': trend.id }, h('figcaption', {}, h('b', {}, trend.name), ' ', h('small', {}, trend.unit)), element);
  const bare = columns(trend, sessions);
  const [low, high] = scale(trend, [...bare[1], ...bare[2]]);
  const made = new uPlot(
    {
      width: 400,
      height: 180,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 16, 0, 0],
      scales: { x: { range: [from, until] }, y: { range: [low, high] } },
      axes: [{ ...axis(28), space: 80, values: (_, splits) => splits.map((timeS) => day(timeS * 1e3)) }, upright()],
      series: [{}, marks(LEFT, 'disc'), marks(LEFT, 'triangle', { hollow: true }), marks(BAD, 'cross')],
      hooks: trend.zero ? { drawAxes: [(plot) => lineAt(plot, 0)] } : {},
    },
    columns(trend, sessions, low + 0.06 * (high - low)),
    element,
  );
  fit(made, element, signal);
  return figure;
}

function sessionTable(sessions) {
  const head = ['Session', 'Programme', 'End', 'Cadence', 'Speed', 'Step asymmetry', 'Cued − uncued cadence', 'Retention'];
  const newestFirst = [...sessions].sort((a, b) => String(b.started).localeCompare(String(a.started)));
  return h(
    'table',
    { class: 'cards figures' },
    h('caption', {}, 'n is what a figure rests on; “insufficient” means too little of it'),
    h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, newestFirst.map((one) => row(one, head))),
  );
}

function row(one, head) {
  const change = difference('cadence_spm', one.metrics);
  const cells = [
    [one.programme ?? '–', one.simulated ? [' ', badge('warn', '△ simulated')] : null],
    one.end ? plain(one.end) : 'goes on',
    ...SHOWN_METRICS.map((name) => metric(name, one.metrics?.all?.[name])),
    change === null ? 'insufficient' : number(change, 1, true),
    Number.isFinite(one.retention_pct) ? `${number(one.retention_pct, 1, true)} %` : metric('retention_pct', one.metrics?.all?.retention_pct),
  ];
  return h('tr', {}, h('th', { scope: 'row' }, h('a', { href: to('sessions', one.session) }, moment(one.started))), cells.map((cell, i) => h('td', { 'data-name': head[i + 1] }, cell)));
}

import { facts, fill, h, table } from '../dom.js';
import { badge, every, nothing, problem } from '../notice.js';
import { to } from '../router.js';
import { ago, lostInWords, many, moment, number, plain } from '../words.js';
import { assignment } from './assignment.js';
import { commands } from './commands.js';
import { batteries, clockError, inForce, presence, troubles } from './health.js';
import { timingSection } from './proof.js';

const REFRESH_MS = 5000;
const SESSIONS = 20;

/** One unit: how it is, what may be asked of it, its timing, its sessions. */
export async function unitPage({ main, api, me, params, signal, title }) {
  const name = params.unit;
  title(name);
  const path = `units/${encodeURIComponent(name)}`;
  const clinician = me.role === 'clinician';
  const unit = await api.get(path, signal);
  const health = h('section', { 'aria-labelledby': 'health-title' });
  const notice = h('div', {});
  drawHealth(health, unit, clinician);
  const timing = h('section', { id: 'timing', 'aria-labelledby': 'timing-title' }, h('h2', { id: 'timing-title' }, 'Timing, by the unit’s own proof'), h('p', {}, 'Loading …'));
  const sessions = h('section', { 'aria-labelledby': 'sessions-title' }, h('h2', { id: 'sessions-title' }, 'Latest sessions'), h('p', {}, 'Loading …'));
  fill(
    main,
    h('p', { class: 'path' }, h('a', { href: to('units') }, 'Units')),
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, name), h('a', { class: 'button', href: to('units', name, 'live') }, 'Watch live')),
    notice,
    health,
    commands({ api, me, unit: name, signal }),
    clinician && assignment({ api, unit: name, signal }),
    timing,
    sessions,
  );
  every(REFRESH_MS, signal, () =>
    api.get(path, signal).then(
      (newer) => {
        fill(notice);
        drawHealth(health, newer, clinician);
      },
      (error) => signal.aborted || fill(notice, problem(error)),
    ),
  );
  const later = (section, load) => load.catch((error) => signal.aborted || section.lastChild.replaceWith(problem(error)));
  later(timing, api.get(`${path}/timing`, signal).then((told) => timing.lastChild.replaceWith(timingSection(told))));
  later(
    sessions,
    api.get(`sessions?unit=${encodeURIComponent(name)}&limit=${SESSIONS}`, signal).then((found) => sessions.lastChild.replaceWith(sessionList(found, clinician))),
  );
}

function drawHealth(section, unit, clinician) {
  const is = presence(unit);
  const found = troubles(unit);
  const [rx, cfg] = [inForce(unit, 'rx'), inForce(unit, 'cfg')];
  const key = JSON.stringify([unit, ago(unit.last_seen)]);
  if (section.dataset.key === key) {
    return;
  }
  section.dataset.key = key;
  const open = [...section.querySelectorAll('details')].map((one) => one.open);
  const focused = section.contains(document.activeElement) ? document.activeElement.tagName : null;
  fill(
    section,
    h('h2', { id: 'health-title' }, 'Health'),
    facts([
      ['State', badge(is.state, is.text)],
      ['Last seen', unit.last_seen ? `${ago(unit.last_seen)}, ${moment(unit.last_seen)}` : 'not known'],
      ['Patient', clinician ? (unit.patient ? h('a', { href: to('patients', unit.patient) }, unit.patient) : 'none assigned') : null],
      ['To look at', found.length === 0 ? '✓ nothing' : h('ul', { class: 'faults' }, found.map((text) => h('li', {}, text)))],
      ['Prescription', h('span', { class: 'say', 'data-state': rx.state }, rx.text)],
      ['Settings', h('span', { class: 'say', 'data-state': cfg.state }, cfg.text)],
      ['Battery', batteries(unit.battery) ?? 'not told'],
      ['Records waiting for the clinic', Number.isFinite(unit.waiting) ? number(unit.waiting) : 'not told'],
      ['Records lost on the unit', lostInWords(unit.lost)],
      ['Clock', clockError(unit.clock_error_s) ?? 'not told'],
      ['Certificate', unit.certificate_expires ? `ends ${moment(unit.certificate_expires)}` : 'not told'],
      ['Board', unit.birth?.board?.model ?? 'not told'],
      ['Agent', unit.agent ?? unit.birth?.agent ?? 'not told'],
    ]),
    counters(unit.counters),
    certificates(unit.certificates),
  );
  section.querySelectorAll('details').forEach((one, i) => (one.open = open[i] ?? false));
  if (focused === 'SUMMARY') {
    section.querySelector('summary')?.focus({ preventScroll: true });
  }
}

function counters(counts) {
  const pairs = Object.entries(counts ?? {}).filter(([, count]) => count > 0);
  return pairs.length === 0
    ? null
    : h('details', {}, h('summary', {}, `Counters (${pairs.length})`), table('What the agent counted since it started', ['Counter', 'Count'], pairs.map(([name, count]) => [plain(name), number(count)])));
}

function certificates(list) {
  const all = Array.isArray(list) ? list : list ? [list] : [];
  return all.length === 0
    ? null
    : h('details', {}, h('summary', {}, many(all.length, 'certificate')), all.map((one) => facts(Object.entries(one).map(([name, value]) => [plain(name), typeof value === 'object' ? JSON.stringify(value) : String(value)]))));
}

function sessionList(sessions, clinician) {
  if (sessions.length === 0) {
    return nothing('No session of this unit is stored yet.');
  }
  return table(
    `The latest ${many(sessions.length, 'session')} of this unit`,
    ['Started', 'Programme', 'End', clinician && 'Patient'].filter(Boolean),
    sessions.map((one) => [
      h('a', { href: to('sessions', one.session) }, moment(one.started ?? one.heard)),
      [one.programme ?? '–', one.simulated ? ' (simulated)' : ''],
      one.end ? plain(one.end) : 'goes on',
      ...(clinician ? [one.patient ?? '–'] : []),
    ]),
    { class: 'cards' },
  );
}

import { fill, h, set } from '../dom.js';
import { badge, every, nothing, problem } from '../notice.js';
import { to } from '../router.js';
import { ago, many, number } from '../words.js';
import { batteries, clockError, inForce, presence, troubles } from './health.js';

const REFRESH_MS = 5000;
/** Units in one answer unless asked otherwise, and the most answers: far beyond what a clinic has. */
const PAGE = 1000;
const MOST_PAGES = 20;

/** Asks for all units, page by page. */
export async function allUnits(api, signal) {
  const units = [];
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const more = await api.get(pages === 0 ? 'units' : `units?after=${encodeURIComponent(units.at(-1).unit)}`, signal);
    units.push(...more);
    if (more.length < PAGE) {
      break;
    }
  }
  return units;
}

/** All units and how they are. */
export async function unitsPage({ main, api, me, signal, title }) {
  title('Units');
  const clinician = me.role === 'clinician';
  const search = h('input', { type: 'search', id: 'search', autocomplete: 'off', oninput: draw });
  const trouble = h('input', { type: 'checkbox', id: 'trouble', onchange: draw });
  const told = h('p', { id: 'told', class: 'told' });
  const notice = h('div', {});
  const list = h('div', { id: 'units' });
  let units = [];
  let drawn = '';

  function draw() {
    const word = search.value.trim().toLowerCase();
    const shown = units.filter((unit) => (unit.unit + (unit.patient ?? '')).toLowerCase().includes(word) && (!trouble.checked || troubles(unit).length > 0));
    const online = units.filter((unit) => unit.online).length;
    set(told, `${many(units.length, 'unit')}, ${number(online)} online, ${number(units.filter((unit) => troubles(unit).length > 0).length)} with something to look at; ${number(shown.length)} shown`);
    const key = JSON.stringify([shown, shown.map((unit) => ago(unit.last_seen))]);
    if (key === drawn) {
      return;
    }
    drawn = key;
    const focused = document.activeElement?.dataset?.key;
    fill(list, shown.length === 0 ? nothing(units.length === 0 ? 'No unit has reported yet. A unit appears by itself with its first message.' : 'No unit fits.') : unitTable(shown, clinician));
    // The list was made anew under the viewer's keyboard: the same link keeps the focus.
    if (focused) {
      list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  }

  async function load() {
    units = await allUnits(api, signal);
    fill(notice);
    draw();
  }

  await load();
  fill(
    main,
    h('h1', { tabindex: '-1' }, 'Units'),
    h('div', { class: 'tools' }, h('label', { for: 'search' }, clinician ? 'Find unit or patient code' : 'Find unit'), search, h('label', { class: 'check' }, trouble, 'Only with something to look at')),
    told,
    notice,
    list,
  );
  every(REFRESH_MS, signal, () => load().catch((error) => signal.aborted || fill(notice, problem(error))));
}

function unitTable(units, clinician) {
  const head = ['Unit', clinician && 'Patient', 'State', 'To look at', 'Battery', 'Waiting', 'Clock', 'Prescription', 'Agent', 'Watch'].filter(Boolean);
  return h(
    'table',
    { class: 'units cards' },
    h('caption', { class: 'quiet' }, 'Units and their health'),
    h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, units.map((unit) => row(unit, clinician))),
  );
}

function row(unit, clinician) {
  const is = presence(unit);
  const found = troubles(unit);
  const rx = inForce(unit);
  const cell = (name, ...children) => h('td', { 'data-name': name }, children);
  return h(
    'tr',
    { 'data-unit': unit.unit },
    h('th', { scope: 'row' }, h('a', { href: to('units', unit.unit), 'data-key': `u-${unit.unit}` }, unit.unit)),
    clinician && cell('Patient', unit.patient ? h('a', { href: to('patients', unit.patient), 'data-key': `p-${unit.unit}` }, unit.patient) : '–'),
    cell('State', badge(is.state, is.text), unit.last_seen ? h('small', {}, ` ${ago(unit.last_seen)}`) : null),
    cell('To look at', found.length === 0 ? '✓ nothing' : h('ul', { class: 'faults' }, found.slice(0, 4).map((text) => h('li', {}, text)), found.length > 4 && h('li', {}, `and ${found.length - 4} more`))),
    cell('Battery', batteries(unit.battery) ?? '–'),
    cell('Waiting', unit.waiting === undefined || unit.waiting === null ? '–' : number(unit.waiting)),
    cell('Clock', clockError(unit.clock_error_s) ?? '–'),
    cell('Prescription', h('span', { class: 'say', 'data-state': rx.state }, rx.text)),
    cell('Agent', unit.agent ?? '–'),
    cell('Watch', h('a', { class: 'button', href: to('units', unit.unit, 'live'), 'data-key': `l-${unit.unit}`, 'aria-label': `Watch ${unit.unit} live` }, 'Live')),
  );
}

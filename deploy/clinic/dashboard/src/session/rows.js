import { csv, save } from '../csv.js';
import { fill, h } from '../dom.js';
import { nothing } from '../notice.js';
import { many, number, plain } from '../words.js';
import { KINDS, within } from './records.js';

const PAGE = 100;

/** Every record as a row: one kind at a time, a hundred a page; the whole kind can be saved as CSV. */
export function rawRows(session, records, zoom) {
  const kinds = Object.keys(KINDS).filter((kind) => (records[kind] ?? []).length > 0);
  if (kinds.length === 0) {
    return { element: nothing('No records of this session are stored.'), draw: () => {} };
  }
  let from = 0;
  const kind = h('select', { id: 'kind', onchange: restart }, kinds.map((name) => h('option', { value: name }, `${KINDS[name]} (${number(records[name].length)})`)));
  const shownOnly = h('input', { type: 'checkbox', id: 'shown-only', onchange: restart });
  const place = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Rows' });
  const told = h('p', { id: 'rows-told' });
  const before = h('button', { type: 'button', onclick: () => turn(-PAGE) }, 'Before');
  const next = h('button', { type: 'button', onclick: () => turn(PAGE) }, 'Next');
  const download = () => save(`${session.session}-${kind.value}.csv`.replace(/[^\w.-]/g, '_'), csv(records[kind.value]));

  function restart() {
    from = 0;
    draw();
  }

  function turn(by) {
    from += by;
    draw();
  }

  function draw() {
    const rows = within(records[kind.value], shownOnly.checked ? [zoom.startS, zoom.endS] : null);
    from = Math.min(Math.max(0, from), Math.max(0, Math.floor((rows.length - 1) / PAGE) * PAGE));
    const page = rows.slice(from, from + PAGE);
    told.textContent = rows.length === 0 ? 'No rows here.' : `${number(from + 1)} to ${number(from + page.length)} of ${many(rows.length, 'row')}`;
    before.disabled = from === 0;
    next.disabled = from + PAGE >= rows.length;
    const names = [...new Set(page.flatMap((row) => Object.keys(row)))];
    fill(
      place,
      page.length > 0 &&
        h('table', { class: 'figures' }, h('caption', { class: 'quiet' }, KINDS[kind.value]), h('thead', {}, h('tr', {}, names.map((name) => h('th', { scope: 'col' }, column(name))))), h('tbody', {}, page.map((row) => h('tr', {}, names.map((name) => h('td', {}, cell(row[name]))))))),
    );
  }

  draw();
  const element = h(
    'div',
    { class: 'rows' },
    h('div', { class: 'tools' }, h('label', { for: 'kind' }, 'Records'), kind, h('label', { class: 'check' }, shownOnly, 'Only the part shown in the plots'), h('button', { type: 'button', id: 'save', onclick: download }, 'Save as CSV')),
    h('div', { class: 'tools' }, before, next, told),
    place,
  );
  return { element, draw: () => shownOnly.checked && draw() };
}

function column(name) {
  return name === 't_s' ? 'Time, s' : plain(name).replace(/ (s|ms|m|pct|spm|mps|deg|ns)$/, (_, unit) => `, ${{ pct: '%', spm: '/min', mps: 'm/s', deg: '°' }[unit] ?? unit}`);
}

function cell(value) {
  if (value === null || value === undefined) {
    return '';
  }
  return typeof value === 'number' ? String(Number(value.toFixed(4))).replace('-', '−') : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

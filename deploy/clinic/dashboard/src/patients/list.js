import { fill, h } from '../dom.js';
import { nothing } from '../notice.js';
import { to } from '../router.js';
import { moment, number } from '../words.js';

/** All patient codes, with how much of what was prescribed they do. */
export async function patientsPage({ main, api, signal, title }) {
  title('Patients');
  const patients = await api.get('patients', signal);
  const list = h('div', { id: 'patients' });
  const search = h('input', { type: 'search', id: 'search', autocomplete: 'off', oninput: draw });

  function draw() {
    const word = search.value.trim().toLowerCase();
    const shown = patients.filter((patient) => patient.code.toLowerCase().includes(word));
    fill(list, shown.length === 0 ? nothing(patients.length === 0 ? 'No patient code yet. Assign one on the page of a unit.' : 'No code fits.') : patientTable(shown));
  }

  draw();
  fill(
    main,
    h('h1', { tabindex: '-1' }, 'Patients'),
    h('p', { class: 'hint' }, 'Codes only; who they are stays with the clinic.'),
    h('div', { class: 'tools' }, h('label', { for: 'search' }, 'Find code'), search),
    list,
  );
}

function patientTable(patients) {
  const head = ['Code', 'Units', 'Sessions', 'Last session', 'Adherence'];
  return h(
    'table',
    { class: 'cards' },
    h('caption', {}, 'Adherence: cued minutes done, of those prescribed, in the latest weeks'),
    h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, patients.map(row)),
  );
}

function row(patient) {
  const units = patient.units ?? [];
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, h('a', { href: to('patients', patient.code) }, patient.code)),
    h('td', { 'data-name': 'Units' }, Array.isArray(units) ? units.join(', ') || '–' : units),
    h('td', { 'data-name': 'Sessions' }, number(patient.sessions)),
    h('td', { 'data-name': 'Last session' }, patient.last_session ? moment(patient.last_session) : 'none yet'),
    h('td', { 'data-name': 'Adherence' }, adherence(patient.adherence_pct)),
  );
}

function adherence(pct) {
  if (!Number.isFinite(pct)) {
    return 'no prescription';
  }
  const bar = h('span', { class: 'meter', 'aria-hidden': 'true' }, h('span', {}));
  bar.firstChild.style.width = `${Math.min(100, pct)}%`;
  return [`${number(pct)} % `, bar];
}

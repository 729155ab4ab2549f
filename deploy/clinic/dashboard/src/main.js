import 'uplot/dist/uPlot.min.css';
import './style.css';
import './live/live.css';
import './patients/patients.css';
import './session/session.css';
import { Api } from './api.js';
import { fill, h } from './dom.js';
import { livePage } from './live/page.js';
import { logInPage } from './login.js';
import { problem } from './notice.js';
import { patientPage } from './patients/patient.js';
import { patientsPage } from './patients/list.js';
import { find, to } from './router.js';
import { sessionPage } from './session/page.js';
import { unitPage } from './units/page.js';
import { unitsPage } from './units/list.js';
import { zone } from './words.js';

const PAGES = {
  units: unitsPage,
  unit: unitPage,
  live: livePage,
  patients: patientsPage,
  patient: patientPage,
  session: sessionPage,
};
const PLACE_OF = { units: 'units', unit: 'units', live: 'units', patients: 'patients', patient: 'patients' };

const main = document.getElementById('main');
const api = new Api(loggedOut);
let me = null;
let leaving = new AbortController();

/** Shows the page of the address; whoever is not logged in sees the log-in, and the address stays. */
async function show() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  fill(main);
  try {
    me ??= await api.get('me', signal);
    const route = find(location.hash);
    drawPlaces(route);
    if (route === null) {
      title('Not found');
      fill(main, h('h1', { tabindex: '-1' }, 'There is no such page'), h('p', {}, 'Choose one above.'));
    } else {
      await PAGES[route.page]({ main, api, me, params: route.params, signal, title });
    }
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    fill(main, h('h1', { tabindex: '-1' }, 'This page could not be shown'), problem(error), again());
    title('Not shown');
  }
  (main.querySelector('[autofocus]') ?? main.querySelector('h1'))?.focus({ preventScroll: true });
}

function loggedOut() {
  leaving.abort();
  leaving = new AbortController();
  me = null;
  drawPlaces(null);
  logInPage({ main, api, title, loggedIn: show });
}

/** The log-in is the server's: where it was not told, the next one at this device would still be in, and shall know. */
async function logOut() {
  document.getElementById('not-out')?.remove();
  try {
    await api.post('logout');
    loggedOut();
  } catch (error) {
    if (error.status !== 401) {
      main.prepend(h('div', { id: 'not-out' }, h('p', {}, h('b', {}, 'You are still logged in on this device.')), problem(error)));
    }
  }
}

function title(text) {
  document.title = `${text} · Entrain`;
}

function drawPlaces(route) {
  const here = PLACE_OF[route?.page];
  const place = (name, text) => h('a', { href: to(name), 'aria-current': here === name ? 'page' : null }, text);
  const clinician = me?.role === 'clinician';
  fill(document.getElementById('places'), me && place('units', 'Units'), clinician && place('patients', 'Patients'));
  fill(
    document.getElementById('viewer'),
    me && [h('span', { class: 'who' }, `${me.user}, ${me.role}`), h('button', { type: 'button', id: 'log-out', onclick: logOut }, 'Log out')],
  );
}

function again() {
  return h('button', { type: 'button', onclick: show }, 'Try again');
}

document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
document.getElementById('zone').textContent = zone();
window.addEventListener('hashchange', show);
show();

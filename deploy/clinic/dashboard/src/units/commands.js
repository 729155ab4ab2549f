import { fill, h, table } from '../dom.js';
import { every, nothing, problem } from '../notice.js';
import { moment, plain } from '../words.js';

const REFRESH_MS = 3000;
const SHOWN = 10;

/** [command, name on the button, what it does, whether it wants a clinician and a second word] */
const COMMANDS = [
  ['identify', 'Identify', 'the unit makes itself noticed', false],
  ['send_logs', 'Send logs', 'the unit sends the end of its log', false],
  ['start', 'Start …', 'the walk’s beat starts', true],
  ['stop', 'Stop …', 'the walk’s beat stops', true],
];

/** What may be asked of a unit from afar, and what became of it. */
export function commands({ api, me, unit, signal }) {
  const path = `units/${encodeURIComponent(unit)}`;
  const said = h('p', { id: 'command-said', role: 'status' });
  const trouble = h('div', {});
  const answers = h('div', { id: 'answers' }, nothing('No answers yet.'));
  const log = h('div', { id: 'log' });

  /** Once shown it stays the newest: a log's parts travel apart from the answer that they were sent, and may come behind it. */
  async function loadLog() {
    const [newest] = await api.get(`${path}/logs`, signal);
    const key = newest ? JSON.stringify([newest.boot, newest.id, newest.came]) : 'none';
    if (log.dataset.key !== key) {
      log.dataset.key = key;
      fill(log, newest ? logText(newest) : nothing('The unit has sent no log yet. Ask with “Send logs”.'));
    }
  }

  async function showLog() {
    try {
      await loadLog();
    } catch (error) {
      delete log.dataset.key;
      fill(log, problem(error));
    }
  }

  async function send(command) {
    fill(trouble);
    try {
      const { id } = await api.post(`${path}/commands`, { command }, signal);
      said.textContent = `${plain(command)} was sent as number ${id}. A unit that is not there within a minute never does it.`;
      await load();
    } catch (error) {
      said.textContent = '';
      fill(trouble, problem(error));
    }
  }

  async function load() {
    const list = await api.get(`${path}/answers`, signal);
    const key = JSON.stringify(list);
    if (answers.dataset.key !== key) {
      answers.dataset.key = key;
      fill(answers, list.length === 0 ? nothing('No answers yet.') : answerTable(list.slice(0, SHOWN)));
    }
  }

  load().catch((error) => signal.aborted || fill(answers, problem(error)));
  every(REFRESH_MS, signal, () => Promise.allSettled([load(), log.dataset.key && loadLog()]));
  const allowed = COMMANDS.filter(([, , , careful]) => !careful || me.role === 'clinician');
  return h(
    'section',
    { 'aria-labelledby': 'commands-title' },
    h('h2', { id: 'commands-title' }, 'Ask the unit'),
    h('div', { class: 'tools' }, allowed.map(([command, name, does, careful]) => h('button', { type: 'button', 'data-command': command, title: does, onclick: () => (careful ? confirm(unit, command, does, send, signal) : send(command)) }, name)), h('button', { type: 'button', id: 'show-log', onclick: showLog }, 'Show log')),
    said,
    trouble,
    answers,
    log,
  );
}

function logText({ text, received, came, parts }) {
  const missing = came < parts ? `; ${parts - came} of ${parts} parts have not come` : '';
  return [h('h3', {}, `Log sent ${moment(received)}${missing}`), h('pre', { class: 'log', tabindex: '0' }, text)];
}

/** Somebody may be walking: starting or stopping wants a second word. */
function confirm(unit, command, does, send, signal) {
  const close = () => dialog.close();
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'confirm-title', onclose: () => dialog.remove() },
    h('h2', { id: 'confirm-title' }, `${plain(command)} ${unit}?`),
    h('p', {}, `When the unit hears this, ${does}. Somebody may be walking with it: make sure they know.`),
    h(
      'div',
      { class: 'tools' },
      h('button', { type: 'button', autofocus: true, onclick: close }, 'Leave it'),
      h('button', { type: 'button', class: 'main', id: 'confirm', onclick: () => (close(), send(command)) }, plain(command)),
    ),
  );
  // A log-in that runs out meanwhile takes the question with it.
  signal.addEventListener('abort', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function answerTable(list) {
  const result = { done: '✓ done', refused: '✗ refused', expired: '✗ came too late' };
  return table(
    'What became of the latest commands',
    ['Number', 'Command', 'Result', 'When'],
    list.map((one) => [
      one.id ?? '–',
      one.command ? plain(one.command) : '–',
      one.result ? `${result[one.result] ?? one.result}${one.reason ? `: ${one.reason}` : ''}` : 'no answer yet',
      moment(one.answered ?? one.asked),
    ]),
  );
}

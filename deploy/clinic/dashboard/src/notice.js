import { h } from './dom.js';

/** A box that says what went wrong and what to do. */
export function problem(error) {
  const known = typeof error?.whatToDo === 'string';
  return h(
    'div',
    { class: 'problem', role: 'alert' },
    h('p', {}, h('b', {}, known ? error.message : 'This page made a mistake.')),
    h('p', {}, known ? error.whatToDo : `Load it again; if it stays, tell whoever looks after it: ${error?.message ?? error}`),
  );
}

/** A box that says there is nothing to show, and why. */
export function nothing(text) {
  return h('p', { class: 'nothing' }, text);
}

/** A mark with a shape and a word: good, bad, warn or plain. */
export function badge(state, text, given = {}) {
  return h('span', { class: 'badge', 'data-state': state, ...given }, text);
}

/** A page that nobody has touched for this long asks no more, so that a forgotten tablet's log-in runs out. */
const FORGOTTEN_MS = 20 * 60_000;

/** Asks again and again while the page is shown, seen and used; at most one question at a time. */
export function every(ms, signal, ask) {
  let asking = false;
  let usedMs = Date.now();
  for (const sign of ['pointerdown', 'keydown', 'wheel']) {
    window.addEventListener(sign, () => (usedMs = Date.now()), { signal, passive: true });
  }
  const timer = setInterval(async () => {
    if (asking || document.hidden || Date.now() - usedMs > FORGOTTEN_MS) {
      return;
    }
    asking = true;
    try {
      await ask();
    } finally {
      asking = false;
    }
  }, ms);
  signal.addEventListener('abort', () => clearInterval(timer));
}

// Elements. Text of messages and of the server only ever becomes text nodes, never markup.

/**
 * Makes an element.
 * @param {string} name tag
 * @param {object} given attributes; `on…` functions listen; true sets an empty attribute; null, undefined and false leave it out
 * @param {...(Node|string|number|null|undefined|Array)} children
 */
export function h(name, given = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === 'function') {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value);
    }
  }
  element.append(...content(children));
  return element;
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...content(children));
  return element;
}

/** Changes an element's text only when it differs, so that nothing is announced or laid out anew for nothing. */
export function set(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A list of name and value pairs; pairs whose value is null are left out. */
export function facts(pairs, given = {}) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined);
  return h('dl', { class: 'facts', ...given }, shown.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

/**
 * A table.
 * @param {string} caption what it shows
 * @param {Array<string|Node>} head names of the columns
 * @param {Array<Array>} rows the first cell of each names the row
 */
export function table(caption, head, rows, given = {}) {
  return h(
    'table',
    given,
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, head.map((cell) => h('th', { scope: 'col' }, cell)))),
    h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, i) => tableCell(cell, head[i], i === 0))))),
  );
}

function tableCell(cell, name, first) {
  const label = typeof name === 'string' ? name : null;
  return first ? h('th', { scope: 'row' }, cell) : h('td', { 'data-name': label }, cell);
}

function content(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

// Which page an address stands for. The address is behind the #, so the server never sees what a viewer looks at by it.

const NAME = '([A-Za-z0-9._~%-]{1,192})';

/** [pattern, name of the page, names of its parts] */
const ROUTES = [
  [/^\/units$/, 'units', []],
  [new RegExp(`^/units/${NAME}$`), 'unit', ['unit']],
  [new RegExp(`^/units/${NAME}/live$`), 'live', ['unit']],
  [/^\/patients$/, 'patients', []],
  [new RegExp(`^/patients/${NAME}$`), 'patient', ['code']],
  [new RegExp(`^/sessions/${NAME}$`), 'session', ['session']],
];

/** Finds the page of an address such as "#/units/a/live". An empty one is the unit list; an unknown one is null. */
export function find(hash) {
  const path = hash.replace(/^#/, '');
  if (path === '' || path === '/') {
    return { page: 'units', params: {} };
  }
  for (const [pattern, page, names] of ROUTES) {
    const parts = pattern.exec(path);
    if (parts) {
      const values = names.map((_, i) => decoded(parts[i + 1]));
      return values.includes(null) ? null : { page, params: Object.fromEntries(names.map((name, i) => [name, values[i]])) };
    }
  }
  return null;
}

/** Returns the address of a page: to('units', unit, 'live'). */
export function to(...parts) {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

// Comma-separated values of rows, as a file the viewer saves. It is made in the page; nothing is sent.

/** Returns rows of objects as CSV (RFC 4180), one column for each name that any row has, in order of appearance. */
export function csv(rows) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map((line) => line.map(field).join(',')).join('\r\n') + '\r\n';
}

/** Lets the viewer save text as a file. */
export function save(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  // The browser has begun to read it by then; the memory is given back.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Text that a spreadsheet would take for a formula is told from one by an apostrophe; numbers stay as they are. */
function field(value) {
  if (value === null || value === undefined) {
    return '';
  }
  const text = typeof value === 'string' ? value.replace(/^(?=[=+\-@\t\r])/, "'") : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

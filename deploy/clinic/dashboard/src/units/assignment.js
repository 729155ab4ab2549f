import { fill, h, set } from '../dom.js';
import { problem } from '../notice.js';

/** Which patient's code a unit's sessions belong to, from now on. For clinicians. */
export function assignment({ api, unit, signal }) {
  const path = `units/${encodeURIComponent(unit)}/patient`;
  const now = h('p', { id: 'assigned' });
  const said = h('div', {});
  const code = h('input', { id: 'code', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', required: true, maxlength: '64', pattern: '[A-Za-z0-9._\\-]+' });

  const show = (one) => set(now, one.code ? `Its sessions belong to ${one.code}.` : 'Its sessions belong to nobody yet.');

  async function submit(event) {
    event.preventDefault();
    fill(said);
    try {
      show(await api.post(path, { code: code.value }, signal));
      code.value = '';
    } catch (error) {
      fill(said, problem(error));
    }
  }

  api.get(path, signal).then(
    show,
    (error) => signal.aborted || fill(said, problem(error)),
  );
  return h(
    'section',
    { 'aria-labelledby': 'assign-title' },
    h('h2', { id: 'assign-title' }, 'Patient'),
    now,
    said,
    h('form', { class: 'tools', onsubmit: submit }, h('label', { for: 'code' }, 'Patient code'), code, h('button', { type: 'submit' }, 'Assign from now on')),
    h('p', { class: 'hint' }, 'A code only, never a name. Sessions before now stay with whom they belonged to.'),
  );
}

import { h } from '../dom.js';
import { clock, number, plain } from '../words.js';

/** The blocks of a session as buttons in a row: each shows its part in the plots. */
export function blockStrip(blocks, zoom) {
  if (blocks.length === 0) {
    return null;
  }
  const button = (block) =>
    h(
      'button',
      { type: 'button', class: 'block', 'data-cued': ['baseline', 'retention', 'rest'].includes(block.kind) ? 'no' : 'yes', onclick: () => zoom.show(block.start_s, block.end_s) },
      h('b', {}, `${(block.index ?? 0) + 1} ${plain(block.kind)}`),
      h('small', {}, `${clock(block.start_s)} to ${clock(block.end_s)}${Number.isFinite(block.level_pct) && block.level_pct !== 0 ? `, ${number(block.level_pct, 0, true)} %` : ''}`),
    );
  return h('div', { class: 'strip', role: 'group', 'aria-label': 'Blocks: show one in the plots' }, blocks.map(button));
}

/** Buttons of the zoom, for fingers and keyboards. */
export function zoomButtons(zoom) {
  const button = (does, text, label) => h('button', { type: 'button', 'aria-label': label, onclick: () => zoom[does]() }, text);
  return h(
    'div',
    { class: 'tools', role: 'group', 'aria-label': 'Part of the session that is shown' },
    button('closer', '+', 'Zoom in'),
    button('wider', '−', 'Zoom out'),
    button('earlier', '◀', 'Earlier'),
    button('later', '▶', 'Later'),
    button('all', 'All', 'Whole session'),
    h('span', { id: 'range', role: 'status' }),
  );
}

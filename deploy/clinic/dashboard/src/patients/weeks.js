import { h } from '../dom.js';
import { nothing } from '../notice.js';
import { day, many, number } from '../words.js';

/** Weeks drawn with their figures beside the bars; more of them keep to every fourth name. */
const ROOMY = 16;

/** Cued minutes of each week against what was prescribed: a list of bars that reads as text too. */
export function weekBars(weeks) {
  if (weeks.length === 0) {
    return nothing('No weeks to show.');
  }
  const most = Math.max(1, ...weeks.map((week) => Math.max(week.cued_min ?? 0, week.planned_cued_min ?? 0)));
  return h('ol', { class: weeks.length > ROOMY ? 'weeks dense' : 'weeks', 'aria-label': 'Adherence by week' }, weeks.map((week, i) => bar(week, most, weeks.length <= ROOMY || i % 4 === 0)));
}

function bar(week, most, named) {
  const done = h('span', { class: 'done' });
  done.style.height = `${(100 * (week.cued_min ?? 0)) / most}%`;
  const planned = Number.isFinite(week.planned_cued_min) && week.planned_cued_min > 0 ? h('span', { class: 'planned' }) : null;
  if (planned) {
    planned.style.bottom = `${(100 * week.planned_cued_min) / most}%`;
  }
  const pct = Number.isFinite(week.adherence_pct) ? `${number(week.adherence_pct)} %` : '–';
  const words = `${week.current ? 'This week so far, from' : 'Week of'} ${day(week.from)}: ${number(week.cued_min ?? 0)} cued minutes${planned ? ` of ${number(week.planned_cued_min)} prescribed, ${pct}` : ', none prescribed'}, ${many(week.sessions ?? 0, 'session')}.`;
  return h(
    'li',
    { title: words },
    h('span', { class: 'quiet' }, words),
    h('span', { class: 'pct', 'aria-hidden': 'true' }, pct),
    h('span', { class: 'column', 'aria-hidden': 'true' }, done, planned),
    h('span', { class: 'week', 'aria-hidden': 'true' }, named ? (week.current ? 'this week' : day(week.from)) : ''),
  );
}

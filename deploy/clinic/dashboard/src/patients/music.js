import { csv, save } from '../csv.js';
import { fill, h } from '../dom.js';
import { nothing, problem } from '../notice.js';
import { songName, songRows } from '../songs.js';
import { many, number } from '../words.js';
import { differenceInWords, finding, place, rankRows, reach, whyNot } from './ranking.js';

const HEAD = ['Song', 'Against the other music of the same sessions', 'Locked', 'Walked to it', 'Asynchrony SD', 'Tempo against cue', 'Speed', 'Stretched', 'Liked, skipped'];

/** What music a patient walks best to, as far as can be told; asked for by itself, so that weeks are shown without it. */
export function musicSection(api, code, weeks, signal) {
  const body = h('div', {}, h('p', {}, 'Loading …'));
  api.get(`patients/${encodeURIComponent(code)}/music?weeks=${weeks}`, signal).then(
    (music) => fill(body, content(code, music)),
    (error) => signal.aborted || fill(body, problem(error)),
  );
  return h('section', { id: 'music', 'aria-labelledby': 'music-title' }, h('h2', { id: 'music-title' }, 'What music this patient walks best to'), body);
}

function content(code, music) {
  const songs = music.songs ?? [];
  if (songs.length === 0) {
    return nothing(finding(music));
  }
  const file = (what, rows) => save(`${code}-${what}.csv`.replace(/[^\w.-]/g, '_'), csv(rows));
  return [
    h('p', { class: 'finding', role: 'note' }, finding(music)),
    h(
      'p',
      { class: 'hint' },
      'Observed, not a trial: songs were chosen by tempo, liking and turn, not by lot. A song may look good because it played early, at an easy tempo or on easy blocks. Take it as what is worth trying, not as proof. ',
      'Only this patient’s own sessions are compared',
      music.ranked > 0 ? `; the intervals hold for all ${many(music.ranked, 'ranked song')} together, with 95 %.` : '.',
    ),
    h('p', { class: 'hint' }, `${many(music.sessions_with_music ?? 0, 'session')} of ${number(music.sessions)} had music, ${number(music.minutes)} minutes of it. Points are percentage points of the windows in which the steps were locked to the beat: with this song less with the other songs of the same session, mean over sessions.`),
    ranking(songs, music),
    h(
      'div',
      { class: 'tools' },
      h('button', { type: 'button', id: 'save-music', onclick: () => file('music', rankRows(songs)) }, 'Save the ranking as CSV'),
      h('button', { type: 'button', id: 'save-plays', onclick: () => file('music-plays', songRows(music.plays ?? [])) }, 'Save every playing as CSV'),
    ),
  ];
}

function ranking(songs, music) {
  const most = reach(songs);
  return h(
    'table',
    { class: 'cards figures ranking' },
    h('caption', {}, 'Ranked songs first; those that rest on too little are shown and not ranked'),
    h('thead', {}, h('tr', {}, HEAD.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, songs.map((song) => row(song, music, most))),
  );
}

function row(song, music, most) {
  const percent = (value, signed = false) => (Number.isFinite(value) ? `${number(value, 1, signed)} %` : 'insufficient');
  const unit = (value, digits, name) => (Number.isFinite(value) ? `${number(value, digits)} ${name}` : 'insufficient');
  const cells = [
    song.difference ? [interval(song.difference, most), differenceInWords(song.difference)] : whyNot(song, music),
    Number.isFinite(song.locked_pct) ? `${number(song.locked_pct, 1)} % (n ${number(song.locked_windows)})` : 'insufficient',
    `${many(song.sessions, 'session')}, ${number(song.minutes)} min`,
    unit(song.asynchrony_sd_ms, 0, 'ms'),
    percent(song.tempo_accuracy_pct, true),
    unit(song.walking_speed_mps, 2, 'm/s'),
    Number.isFinite(song.stretch_pct) ? `${number(song.stretch_pct, 1, true)} %` : '–',
    `${number(song.liked)}, ${number(song.skipped)}`,
  ];
  return h('tr', { 'data-rank': song.rank ?? 'none' }, h('th', { scope: 'row' }, song.rank ? `${song.rank}. ` : '', songName(song)), cells.map((cell, i) => h('td', { 'data-name': HEAD[i + 1] }, cell)));
}

/** An interval over the zero line: the same as the words beside it. */
function interval(difference, most) {
  const { from, to, at } = place(difference, most);
  const whisker = h('span', { class: 'whisker' });
  whisker.style.left = `${from}%`;
  whisker.style.width = `${to - from}%`;
  const dot = h('span', { class: 'dot' });
  dot.style.left = `${at}%`;
  return h('span', { class: 'interval', 'aria-hidden': 'true', 'data-verdict': difference.verdict }, h('span', { class: 'zero' }), whisker, dot);
}

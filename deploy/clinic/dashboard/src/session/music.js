import { csv, save } from '../csv.js';
import { h, table } from '../dom.js';
import { songEnd, songName, songRows } from '../songs.js';
import { clock, metric, number } from '../words.js';

/** The songs of a session as buttons in a row, numbered as in the plots: each shows its part. */
export function songStrip(songs, zoom) {
  if (songs.length === 0) {
    return null;
  }
  const button = (song, i) =>
    h(
      'button',
      { type: 'button', class: 'song', onclick: () => zoom.show(song.start_s, song.end_s ?? song.start_s) },
      h('b', {}, `♪ ${i + 1} ${songName(song)}`),
      h('small', {}, `${clock(song.start_s)} to ${clock(song.end_s)}`),
    );
  return h('div', { class: 'strip', role: 'group', 'aria-label': 'Songs: show one in the plots' }, songs.map(button));
}

const HEAD = ['♪', 'Song', 'From', 'Walked, min', 'Steps', 'Locked to the beat', 'Asynchrony, ms', 'SD, ms', 'Tempo against cue, %', 'Stretched, %', 'Click alone', 'Stopped because'];

/** What played, with the figures of the steps while it did; null without music. */
export function musicSection(session, songs) {
  if (songs.length === 0) {
    return null;
  }
  const figures = songs.some((song) => song.metrics);
  const download = () => save(`${session.session}-songs.csv`.replace(/[^\w.-]/g, '_'), csv(songRows(songs)));
  return h(
    'section',
    { 'aria-labelledby': 'music-title' },
    h('h2', { id: 'music-title' }, 'Music'),
    h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Songs' }, table(figures ? 'Figures of the steps while each song played, rests left out; n is what a figure rests on' : 'Figures come when the session has ended', HEAD, songs.map(row), { class: 'figures', id: 'songs' })),
    h('p', { class: 'hint' }, 'Stretched is how much faster or slower it sounded than it was recorded. What a song is called is told only if the patient agreed.'),
    h('div', { class: 'tools' }, h('button', { type: 'button', id: 'save-songs', onclick: download }, 'Save the songs as CSV')),
  );
}

function row(song, i) {
  const figure = (name) => metric(name, song.metrics?.[name]);
  const clicked = song.beats > 0 ? `${number((100 * song.clicked_beats) / song.beats, 1)} %` : '–';
  return [
    String(i + 1),
    [songName(song), song.liked === true ? ' ♥ liked' : ''],
    clock(song.start_s),
    Number.isFinite(song.walked_s) ? number(song.walked_s / 60, 1) : '–',
    number(song.steps),
    figure('locked_fraction'),
    figure('asynchrony_ms'),
    figure('asynchrony_sd_ms'),
    figure('tempo_accuracy_pct'),
    number(song.stretch_median_pct, 1, true),
    clicked,
    songEnd(song.ended),
  ];
}

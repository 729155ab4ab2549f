// What a patient's music comes to, in words and places on a scale. No page elements here.

import { songName } from '../songs.js';
import { many, number } from '../words.js';

/** The scale is never narrower than this either way, percentage points. */
const LEAST_PP = 5;

const VERDICTS = {
  better: 'better than the other music',
  worse: 'less well than the other music',
  not_told_apart: 'not told apart from the other music',
};

/** Says what the ranking shows, in a sentence or two. */
export function finding(music) {
  const songs = music.songs ?? [];
  const ranked = songs.filter((song) => song.rank);
  if (songs.length === 0) {
    return `No music played in these weeks: ${many(music.sessions ?? 0, 'session')}, all with clicks alone or without a word of songs.`;
  }
  if (ranked.length === 0) {
    return `Too little to compare yet. A song is ranked after ${number(music.fewest_sessions)} sessions in which other songs played too, and ${number(music.fewest_min)} minutes.`;
  }
  const best = ranked.filter((song) => song.difference?.verdict === 'better');
  const worst = ranked.filter((song) => song.difference?.verdict === 'worse');
  const list = (some) => some.map(songName).join(', ');
  if (best.length === 0 && worst.length === 0) {
    return `No song can be told from the others: every interval holds zero (${ranked.length} songs compared).`;
  }
  return [best.length > 0 && `The steps kept to the beat more often with: ${list(best)}.`, worst.length > 0 && `Less often with: ${list(worst)}.`].filter(Boolean).join(' ');
}

/** Says why a song has no rank. */
export function whyNot(song, music) {
  const reasons = [];
  if (song.compared_sessions < music.fewest_sessions) {
    reasons.push(`${number(song.compared_sessions)} of ${number(music.fewest_sessions)} sessions with other songs`);
  }
  if (song.minutes < music.fewest_min) {
    reasons.push(`${number(song.minutes, 1)} of ${number(music.fewest_min)} min`);
  }
  return `not ranked: ${reasons.length > 0 ? reasons.join(', ') : 'no other song to compare it with'}`;
}

/** Says a difference with its interval. */
export function differenceInWords({ value, low, high, verdict }) {
  return `${number(value, 1, true)} points (${number(low, 1, true)} to ${number(high, 1, true)}): ${VERDICTS[verdict] ?? verdict}`;
}

/** Returns how far the scale reaches either way from zero, percentage points. */
export function reach(songs) {
  return Math.max(LEAST_PP, ...songs.filter((song) => song.difference).flatMap(({ difference }) => [Math.abs(difference.low), Math.abs(difference.high)]));
}

/** Returns where an interval lies on a scale from -reach to +reach: {from, to, at} in percent of its width. */
export function place({ value, low, high }, most) {
  const percent = (pp) => Math.min(100, Math.max(0, 50 + (50 * pp) / most));
  return { from: percent(low), to: percent(high), at: percent(value) };
}

/** Returns rows for a file: one song each, its difference side by side. */
export function rankRows(songs) {
  return songs.map(({ difference, ...song }) => ({ ...song, difference_pp: difference?.value, difference_low_pp: difference?.low, difference_high_pp: difference?.high, verdict: difference?.verdict }));
}

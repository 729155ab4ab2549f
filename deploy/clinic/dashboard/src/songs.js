// Songs as the clinic knows them: a hash, and a title only where the patient agreed. No page elements here.

const SHORT = 8;

/** Returns what a song is called: its title, or the beginning of its hash where none is told. */
export function songName(song) {
  return song.title || `Song ${String(song.hash ?? '').slice(0, SHORT)}`;
}

/** Returns the songs of a session, first one first: with their figures once it has ended, before that as far as records tell. */
export function songsOf(session, records) {
  const told = session.songs ?? [];
  const songs = told.length > 0 ? told : (records.songs ?? []).map(({ t_s, ...more }) => ({ ...more, start_s: t_s }));
  return songs.filter((song) => Number.isFinite(song.start_s)).sort((a, b) => a.start_s - b.start_s);
}

/** Returns rows for a file: each song with its figures and what they rest on side by side. */
export function songRows(songs) {
  return songs.map(({ metrics, ...song }) => {
    const figures = Object.entries(metrics ?? {}).map(([name, { value, n }]) => [
      [name, value],
      [`${name}_n`, n],
    ]);
    return { ...song, ...Object.fromEntries(figures.flat()) };
  });
}

const ENDS = { end: 'over', skipped: 'skipped', tempo: 'steps too fast or slow for it', stopped: 'stopped with the beats', fault: 'its file failed' };

/** Says why a song stopped. */
export function songEnd(word) {
  return ENDS[word] ?? (word ? word.replaceAll('_', ' ') : '–');
}

// A long session as the messages a unit would send, by the contract.
import { detail } from './madeup.js';
import { message } from './walk.js';

const BATCH = 64;
const KINDS = { steps: 'step', strides: 'stride', cues: 'cue', freezes: 'freeze', events: 'event', gaps: 'gap', songs: 'song' };
/** The agent had run for this long when the session began. */
const BEFORE_S = 100;

/**
 * @param {string} name of the session
 * @param {string} boot
 * @param {number} count records of steps, strides and cues, about
 * @returns {{messages: Array<[string, object]>, lastSeq: number, records: number}}
 */
export function longWalk(name, boot, count) {
  const { session, records } = detail(name, count);
  const ns = (seconds) => Math.round((BEFORE_S + seconds) * 1e9);
  const inNs = (record) => Object.fromEntries(Object.entries(record).map(([key, value]) => (/(^|_)s$/.test(key) && ['t_s', 'decided_s', 'start_s', 'end_s'].includes(key) ? [key.replace(/s$/, 'ns'), ns(value)] : [key, value])));
  const endS = session.blocks.at(-1).end_s;
  const list = Object.entries(KINDS)
    .flatMap(([group, kind]) => records[group].map((record) => ({ kind, session: name, ...inNs(record) })))
    .sort((a, b) => a.t_ns - b.t_ns);
  let seq = 0;
  const messages = [];
  const record = (kind, tNs, body) => messages.push([kind, { v: 5, boot, after_seq: seq, seq: ++seq, t_ns: tNs, ...body }]);
  const about = { session: name, programme: 'stroke-tempo', condition: 'stroke', simulated: true, sessions_per_week: 3, planned_cued_s: 780 };
  record('clock', ns(0), { utc: session.started, error_s: 0.01 });
  record('session', ns(0), { state: 'started', ...about });
  for (let from = 0; from < list.length; from += BATCH) {
    const after_seq = seq;
    messages.push(['ev', { v: 5, boot, after_seq, events: list.slice(from, from + BATCH).map((one) => ({ seq: ++seq, ...one })) }]);
  }
  const blocks = session.blocks.map(({ index, kind, start_s, end_s, level_pct }) => ({ index, kind, start_ns: ns(start_s), end_ns: ns(end_s), ...(level_pct !== undefined && { level_pct }) }));
  const songs = session.songs.map(({ start_s, end_s, ...told }) => ({ ...told, start_ns: ns(start_s), end_ns: ns(end_s) }));
  record('session', ns(endS), { state: 'ended', ...about, started_ns: ns(0), end: 'completed', walked_s: endS, cued_s: 780, blocks, metrics: session.metrics, songs });
  messages.forEach(([kind, body]) => message(kind, body));
  return { messages, lastSeq: seq, records: list.length };
}

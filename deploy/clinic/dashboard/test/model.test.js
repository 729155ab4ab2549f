import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as colours from '../src/colours.js';
import { csv } from '../src/csv.js';
import { Malformed, read, readTiming } from '../src/live/payload.js';
import { STALE_MS, Unit } from '../src/live/walk.js';
import { differenceInWords, finding, place, rankRows, reach, whyNot } from '../src/patients/ranking.js';
import { columns, scale, spoken, TRENDS } from '../src/patients/trends.js';
import { find, to } from '../src/router.js';
import { asynchronyColumns, happenings, lengthS, tempoColumns, within } from '../src/session/records.js';
import { Zoom } from '../src/session/zoom.js';
import { songName, songRows, songsOf } from '../src/songs.js';
import { outputLine, quantileNs, size, verdict } from '../src/timing/timing.js';
import { batteries, clockError, inForce, presence, troubles } from '../src/units/health.js';
import { allUnits } from '../src/units/list.js';
import { ago, clock as time, difference, lostInWords, metric, number, span } from '../src/words.js';
import { detail, music, trend } from './madeup.js';
import { Walk, message } from './walk.js';

const BOOT = '0f7a3c1e-5a0e-4c52-9d55-0123456789ab';
const text = (buffer) => buffer.toString();
const S = 1e9;

function step(seq, contactS, asynchronyMs, foot = 'L') {
  return { seq, kind: 'step', foot, t_ns: contactS * S, decided_ns: contactS * S, ...(asynchronyMs !== undefined && { cue_id: 1, asynchrony_ms: asynchronyMs }) };
}

const events = (...list) => text(message('ev', { v: 3, boot: BOOT, after_seq: 0, events: list }));

function state(tS, lastLeftS, more = {}) {
  const body = { v: 3, boot: BOOT, t_ns: tS * S, walking: true, cueing: false, stride_duration_s: 1, waiting: 0, left: { last_ic_ns: lastLeftS * S, sensor_gap_s: 0.01 }, right: {}, recorded: { steps: 1, strides: 0, cues: 0 }, counters: {}, ...more };
  return text(message('state', body));
}

function heard(...messages) {
  const unit = new Unit('a');
  messages.forEach(([kind, data, nowMs = 0]) => unit.take(kind, read(kind, text(data)), nowMs));
  return unit;
}

test('should read every message of the live stream', () => {
  const walk = new Walk();
  for (const [kind, payload] of [['birth', walk.birth()], ['status', walk.status('online')], ['state', walk.state()], ['ev', walk.events()], ['timing', walk.timing()]]) {
    assert.equal(read(kind, text(payload)).boot, walk.boot);
  }
  assert.equal(read('session', JSON.stringify({ v: 3, boot: BOOT, session: 'x', state: 'started' })).state, 'started');
});

test('should refuse what is not of the schema', () => {
  for (const wrong of ['', 'null', '[]', '{}', '{"boot":1}', `{"boot":"${BOOT}"}`, `{"boot":"${BOOT}","conn":"x","state":"online"}`, ' '.repeat(70_000)]) {
    assert.throws(() => read('status', wrong), Malformed, wrong.slice(0, 40));
  }
  assert.throws(() => read('constructor', '{}'), Malformed);
  assert.throws(() => read('ev', `{"boot":"${BOOT}","events":[1]}`), Malformed);
  assert.throws(() => read('state', `{"boot":"${BOOT}","__proto__":{"t_ns":1}}`), Malformed);
  assert.equal(readTiming({ cues: 1 }), null);
  assert.equal(readTiming(null), null);
});

test('should skip kinds of event that a newer unit added', () => {
  const payload = JSON.stringify({ v: 9, boot: BOOT, events: [{ seq: 1, kind: 'constructor' }, step(2, 1)] });
  assert.deepEqual(read('ev', payload).events.map((event) => event.seq), [2]);
});

test('should drop events that come a second time', () => {
  const unit = heard(['ev', events(step(1, 10, -5), step(2, 11, -7))], ['ev', events(step(2, 11, -7), step(3, 12, -9))]);
  assert.deepEqual(unit.steps.map((one) => one.asynchronyMs), [-5, -7, -9]);
});

test('should extrapolate phase from the last contact and the stride', () => {
  const unit = heard(['state', state(100, 99.75), 5000]);
  assert.equal(unit.phase('left', 5000).toFixed(3), '0.250');
  assert.equal(unit.phase('left', 5500).toFixed(3), '0.750');
  assert.equal(unit.phase('left', 5900).toFixed(3), '0.150');
  assert.equal(unit.phase('right', 5000), null);
  assert.equal(unit.why('right', 5000), 'sensor lost');
  assert.equal(unit.phase('left', 7000), null, 'no contact for two strides is standing');
});

test('should show no phase of a sensor that is not heard', () => {
  const unit = heard(['state', state(100, 99.75, { left: { last_ic_ns: 99.75 * S, sensor_gap_s: 1.2 } }), 5000]);
  assert.equal(unit.phase('left', 5000), null);
  assert.equal(unit.why('left', 5000), 'sensor lost');
  assert.equal(unit.why('left', 5001 + STALE_MS), 'no live data');
});

test('should take the unit clock from the least delayed message', () => {
  const unit = heard(['state', state(100, 99.75), 5000], ['state', state(101, 100.75), 6400]);
  assert.equal(unit.phase('left', 6400).toFixed(3), '0.650');
});

test('should not call a unit offline for an older connection of its boot', () => {
  const walk = new Walk();
  const unit = heard(['status', walk.status('online', 7)], ['status', walk.status('offline', 6)]);
  assert.equal(unit.status, 'online');
  unit.take('status', read('status', text(walk.status('offline', 7))), 0);
  assert.equal(unit.status, 'offline');
});

test('should begin anew with a new boot', () => {
  const unit = heard(['ev', events(step(50, 10, -5))]);
  const other = new Walk({ boot: '11111111-5a0e-4c52-9d55-0123456789ab' });
  unit.take('birth', read('birth', text(other.birth())), 0);
  assert.deepEqual(unit.steps, []);
  unit.take('ev', read('ev', text(other.events())), 0);
  assert.ok(unit.steps.length > 0);
});

test('should show the walk that goes on while an earlier one is caught up with', () => {
  const old = '22222222-5a0e-4c52-9d55-0123456789ab';
  const earlier = (...list) => text(message('ev', { v: 3, boot: old, after_seq: 0, events: list }));
  const unit = heard(['state', state(5000, 4999.75), 1000], ['ev', events(step(900, 4999, -5)), 1000]);
  unit.take('ev', read('ev', earlier(step(5, 10, -90))), 1100);
  unit.take('status', read('status', text(message('status', { v: 3, boot: old, conn: 9, state: 'offline' }))), 1150);
  // Forty records of an hour ago, of this boot: what they tell of is long over.
  for (let i = 1; i <= 40; i++) {
    unit.take('ev', read('ev', events(step(900 + i, 1400 + i, -5))), 1200);
  }
  unit.take('state', read('state', state(5001, 5000.75)), 2000);
  assert.equal(unit.stale(2000), false);
  assert.notEqual(unit.status, 'offline');
  assert.equal(unit.steps[0].timeS, 4999);
  assert.equal(unit.timeS(2000), 5001);
  assert.equal(unit.phase('left', 2000).toFixed(3), '0.250');
});

test('should know the status that came before the first word of a new boot', () => {
  const walk = new Walk();
  const unit = heard(['state', state(100, 99)], ['status', walk.status('online', 1)]);
  const other = new Walk({ boot: '11111111-5a0e-4c52-9d55-0123456789ab' });
  unit.take('status', read('status', text(other.status('stopped', 1))), 0);
  unit.take('birth', read('birth', text(other.birth())), 0);
  assert.equal(unit.status, 'stopped');
});

test('should call data old three seconds after the last state', () => {
  const unit = heard(['state', state(100, 99), 1000]);
  assert.equal(unit.stale(1000 + STALE_MS), false);
  assert.equal(unit.stale(1001 + STALE_MS), true);
});

test('should average the latest asynchronies only', () => {
  const unit = heard(['ev', events(step(1, 1, 500), step(2, 2, -10), step(3, 3), step(4, 4, -30))]);
  assert.equal(unit.asynchrony(2).meanMs, -20);
  assert.equal(unit.asynchrony(2).sdMs.toFixed(1), '14.1');
});

test('should bound what it keeps', () => {
  const unit = new Unit('a');
  for (let i = 1; i <= 1000; i++) {
    unit.take('ev', read('ev', events(step(i, i, 1))), 0);
  }
  assert.equal(unit.steps.length, 600);
});

/** A timing message as the page reads it. */
const timing = (more) => read('timing', text(new Walk().timing(more)));
const histogram = (counts, count, maxNs) => ({ first_ns: 1000, per_octave: 4, classes: 81, counts, count, max_ns: maxNs });
const clock = () => '14:02:10';

test('should recompute the percentiles a unit means', () => {
  const { onsets } = timing({ onset_error: histogram([[0, 50], [4, 49], [80, 1]], 100, 2_000_000_000) });
  assert.deepEqual([0.5, 0.51, 0.99, 1].map((share) => quantileNs(onsets, share)), [1000, 2000, 2000, 2_000_000_000]);
  assert.equal(quantileNs(timing({ onset_error: histogram([], 0, 0) }).onsets, 0.5), null);
  assert.equal(quantileNs(timing({ onset_error: histogram([[12, 9]], 9, 7_500) }).onsets, 0.5), 7_500);
});

test('should say in a sentence whether every cue kept its moment', () => {
  assert.match(verdict(null, clock).text, /once a minute/);
  assert.deepEqual(verdict(timing(), clock), { state: 'kept', text: '✓ Every cue within one audio frame: yes, 804 cues.' });
  const cues = { planned: 1300, played: 1204, unheard: 0, late: 3, refused: 0, worst_frames: 2 };
  assert.equal(
    verdict(timing({ cues }), clock).text,
    '✗ Every cue within one audio frame: no; one was 2 frames off, 3 cues came too late to be played.',
  );
  const broken = verdict(timing({ breaks: { underruns: 1, stalls: 0, reanchors: 0, reopened: 0 } }), clock);
  assert.deepEqual([broken.state, /yes, 804 cues. The sound broke off once.$/.test(broken.text)], ['broken', true]);
  const none = { planned: 0, played: 0, unheard: 0, late: 0, refused: 0, worst_frames: 0 };
  assert.match(verdict(timing({ cues: none }), clock).text, /No cue was played yet/);
});

test('should say since when and why there is no sound', () => {
  const output = { state: 'waiting', state_since_ns: 5, text: 'There is no sound card. Plug one in.', kind: 'card', offset_ms: 0, offset_source: 'unknown' };
  assert.equal(verdict(timing({ output }), clock).text, '✗ No sound since 14:02:10, because: There is no sound card. Plug one in.');
  assert.equal(verdict(timing({ output }), () => null).text, '✗ No sound, because: There is no sound card. Plug one in.');
});

test('should tell what the sound goes to and what the system grants', () => {
  assert.equal(
    outputLine(timing()),
    'card hw:CARD=Headphones · 48000 Hz, 32 bit, buffer 43 ms · offset 12.5 ms, measured · real time granted',
  );
  assert.match(outputLine(timing({ output: { state: 'opening', state_since_ns: 1, text: '', kind: 'file', offset_ms: 0, offset_source: 'unknown' } })), /^a file/);
  assert.deepEqual([0, 8_000, 99_960, 999_600, 3_500_000].map(size), ['0.0 µs', '8.0 µs', '100.0 µs', '1.0 ms', '3.5 ms']);
});

test('should refuse a timing whose classes are not in order', () => {
  const wrong = [[[3, 1], [2, 1]], [[0, 0]], [[81, 1]], [[0]], ['x']];
  const whole = JSON.parse(text(new Walk().timing()));
  for (const counts of wrong) {
    whole.onset_error.counts = counts;
    assert.throws(() => read('timing', JSON.stringify(whole)), Malformed, JSON.stringify(counts));
  }
});

test('should show the newest timing of this boot only', () => {
  const walk = new Walk();
  const old = new Walk({ boot: '11111111-5a0e-4c52-9d55-0123456789ab' });
  const [first, second] = [walk.timing(), walk.timing({ last: true })];
  const unit = heard(['timing', old.timing()]);
  assert.notEqual(unit.timing, null, 'a unit that is away: the last it told');
  unit.take('birth', read('birth', text(walk.birth())), 0);
  assert.equal(unit.timing, null);
  unit.take('timing', read('timing', text(second)), 0);
  unit.take('timing', read('timing', text(first)), 0);
  assert.equal(unit.timing.last, true);
});

test('should find the page of an address, and none for others', () => {
  assert.deepEqual(find(''), { page: 'units', params: {} });
  assert.deepEqual(find('#/units/a-1/live'), { page: 'live', params: { unit: 'a-1' } });
  assert.deepEqual(find(to('patients', 'P 1/2')), { page: 'patient', params: { code: 'P 1/2' } });
  for (const wrong of ['#/unit', '#/units/a/b', '#/patients/%zz', '#/units/<b>', `#/units/${'a'.repeat(200)}`]) {
    assert.equal(find(wrong), null, wrong);
  }
});

test('should say how a unit is, worst first', () => {
  const well = { online: true, state: 'online', battery: { left: 80, right: 70 }, waiting: 0, clock_error_s: 0.002, faults: [], reported: { rx: { rev: 3, state: 'applied' } } };
  assert.deepEqual(troubles(well), []);
  assert.equal(presence(well).text, '● online');
  assert.equal(batteries(well.battery), 'left 80 %, right 70 %');
  assert.equal(clockError(0.002), '± 2.0 ms');
  assert.equal(clockError(undefined), null);
  assert.deepEqual(inForce(well), { state: 'good', text: '✓ revision 3 runs' });
  const ill = { online: false, state: 'offline', battery: { left: 9 }, waiting: 5000, clock_error_s: 40, faults: [{ code: 'no_sound', text: 'No sound' }], reported: { rx: { rev: 2, state: 'applied', refused: { rev: 3, code: 'bounds', reason: 'too fast' } } } };
  assert.deepEqual(troubles(ill), ['No sound', 'offline', 'battery low', 'its clock is not set', 'many records wait', 'prescription or settings not as wanted']);
  assert.match(inForce(ill).text, /revision 3 refused: too fast; revision 2 runs/);
  // As remote/Sayings writes it: rev is the one that waits, not the one that runs.
  const waiting = { ...well, reported: { v: 3, boot: BOOT, rx: { rev: 8, sha256: 'ab', state: 'waiting' }, cfg: { state: 'none' } } };
  assert.deepEqual(inForce(waiting), { state: 'warn', text: '◆ revision 8 waits for the end of the walk' });
  assert.deepEqual(inForce(waiting, 'cfg'), { state: 'plain', text: '– none' });
  assert.equal(inForce({ reported: { rx: { state: 'waiting' } } }).text, '◆ its withdrawal waits for the end of the walk');
  const both = { rx: { rev: 8, state: 'waiting', refused: { rev: 9, code: 'wrong_body', reason: 'too fast' } } };
  assert.equal(inForce({ reported: both }).text, '✗ revision 9 refused: too fast; revision 8 waits for the end of the walk');
  assert.equal(inForce({}).text, '– none');
});

test('should ask for all units, page by page', async () => {
  const all = Array.from({ length: 2500 }, (_, i) => ({ unit: `u-${String(i).padStart(5, '0')}` }));
  const api = {
    get: async (path) => {
      const query = new URLSearchParams(path.split('?')[1] ?? '');
      const from = all.findIndex((one) => one.unit > (query.get('after') ?? ''));
      return from < 0 ? [] : all.slice(from, from + Number(query.get('limit') ?? 1000));
    },
  };
  assert.equal((await allUnits(api)).length, 2500);
});

test('should never show a guess for what is insufficient', () => {
  assert.equal(metric('cadence_spm', { value: 104.26, n: 350 }), '104.3 (n 350)');
  assert.equal(metric('cadence_spm', { n: 7 }), 'insufficient (n 7)');
  assert.equal(metric('cadence_spm', undefined), '–');
  const metrics = { cued: { cadence_spm: { value: 110, n: 9 }, dfa_alpha: { value: 1, n: 9 } }, uncued: { cadence_spm: { value: 112.5, n: 9 }, dfa_alpha: { value: 0.8, n: 9 } } };
  assert.equal(difference('cadence_spm', metrics), -2.5);
  assert.equal(difference('dfa_alpha', metrics), null, 'the handbook does not compare it');
  assert.equal(difference('walking_speed_mps', metrics), null);
  assert.deepEqual([number(-0.04, 1), number(-3, 0), number(3, 0, true), number(undefined)], ['0.0', '−3', '+3', '–']);
});

test('should say times as people read them', () => {
  assert.deepEqual([time(5), time(125), time(3725), time(62.34, true), time(-3)], ['0:05', '2:05', '1:02:05', '1:02.3', '−0:03']);
  assert.deepEqual([span(59), span(150), span(10_000), span(400_000)], ['59 s', '3 min', '3 h', '5 days']);
  assert.equal(ago('2026-11-23T10:00:00Z', Date.parse('2026-11-23T10:00:07Z')), '7 s ago');
  assert.equal(ago(undefined), 'never');
  assert.equal(lostInWords({ step: 1200, feet_gap: 3, cue: 0 }), 'step 1,200, feet gap 3');
  assert.equal(lostInWords({}), null);
});

test('should tell measured, simulated and insufficient values of a trend apart', () => {
  const at = (day) => `2026-11-0${day}T10:00:00Z`;
  const one = (day, value, simulated) => ({ started: at(day), simulated, metrics: { all: { cadence_spm: { ...(value && { value }), n: 20 } } } });
  const [times, measured, simulated, insufficient] = columns(TRENDS[0], [one(2, 101), one(1, 100), one(3, 102, true), one(4), { started: at(5) }], 90);
  assert.deepEqual(times.map((timeS) => new Date(timeS * 1e3).getUTCDate()), [1, 2, 3, 4]);
  assert.deepEqual([measured, simulated, insufficient], [[100, 101, null, null], [null, null, 102, null], [null, null, null, 90]]);
  assert.match(spoken(TRENDS[0], [one(1, 100), one(2)]), /1 sessions, first 100.0, last 100.0; 1 insufficient/);
  const [low, high] = scale(TRENDS[4], [3, 4]);
  assert.ok(low < 0 && high > 4, 'differences hold the zero line');
  assert.ok(scale(TRENDS[0], []).every(Number.isFinite));
  assert.equal(trend('P', 12, Date.parse('2026-11-23T12:00:00Z')).weeks.length, 12);
});

test('should put a session’s records into columns of one time', () => {
  const { session, records } = detail('s', 600);
  const [times, left, right, cue] = tempoColumns(records);
  assert.ok(times.every((timeS, i) => i === 0 || timeS >= times[i - 1]));
  assert.ok(left.concat(right, cue).every((value) => value === undefined || value === null || (value > 60 && value < 160)));
  assert.ok(cue.includes(null), 'the beat ends');
  assert.equal(asynchronyColumns(records)[0].length, records.cues.length);
  assert.ok(Math.abs(lengthS(session, records) - session.blocks.at(-1).end_s) < 2);
  assert.deepEqual(happenings(records).map((one) => one.kind).filter((kind) => kind !== 'event'), ['rule', 'freeze']);
  assert.equal(within(records.freezes, [0, 1]).length, 0);
  assert.equal(lengthS({}, {}), 0);
});

test('should keep a zoom within the session', () => {
  const zoom = new Zoom(0, 100);
  zoom.show(90, 130);
  assert.deepEqual([zoom.startS, zoom.endS], [60, 100]);
  zoom.show(50, 50.1);
  assert.equal(zoom.widthS, 2);
  for (let i = 0; i < 150; i++) {
    zoom.key('ArrowRight');
  }
  assert.equal(zoom.endS, 100);
  assert.equal(zoom.key('x'), false);
  zoom.by(2, 98.5);
  zoom.key('-');
  zoom.key('Home');
  assert.ok(zoom.isWhole);
  zoom.by(4, 25);
  assert.deepEqual([zoom.startS, zoom.endS], [18.75, 43.75], 'the moment under the finger stays there');
});

test('should write CSV that no spreadsheet runs', () => {
  assert.equal(csv([{ t_s: 1.5, what: 'rule', rule: '=cmd()' }, { t_s: -2, rule: 'a "b", c' }]), 't_s,what,rule\r\n1.5,rule,\'=cmd()\r\n-2,,"a ""b"", c"\r\n');
});

test('should draw with colours that are seen in the sun', async () => {
  const luminance = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
  const style = await readFile(new URL('../src/style.css', import.meta.url), 'utf8');
  const variable = (name) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(style)[1];
  for (const name of ['INK', 'LEFT', 'RIGHT', 'BAD', 'CUED', 'UNCUED']) {
    assert.equal(variable(name.toLowerCase()), colours[name], `${name} is the same on canvases and in the style`);
  }
  const grounds = ['#ffffff', colours.CUED, colours.UNCUED];
  for (const ground of grounds) {
    for (const mark of [colours.LEFT, colours.RIGHT, colours.BAD, variable('line'), variable('focus')]) {
      assert.ok(contrast(mark, ground) >= 3, `${mark} on ${ground}: ${contrast(mark, ground).toFixed(2)}`);
    }
    assert.ok(contrast(colours.INK, ground) >= 7);
  }
});

test('should say of music only what its intervals say', () => {
  const found = music('P-1', 12);
  assert.match(finding(found), /more often with: Kettle march\. Less often with: =SUM/);
  const alike = { ...found, songs: found.songs.slice(1, 2) };
  assert.match(finding(alike), /No song can be told from the others/);
  assert.match(finding({ ...found, ranked: 0, songs: [found.songs[3]] }), /Too little to compare yet.*3 sessions.*10 minutes/);
  assert.match(finding({ sessions: 4, songs: [] }), /No music played in these weeks: 4 sessions/);
  assert.equal(whyNot(found.songs[3], found), 'not ranked: 2 of 3 sessions with other songs, 7.5 of 10 min');
  assert.match(whyNot(found.songs[0], found), /no other song/);
  assert.equal(differenceInWords(found.songs[2].difference), '−8.8 points (−15.0 to −2.6): less well than the other music');
});

test('should lay intervals on one scale with zero in its middle', () => {
  const { songs } = music('P-1', 12);
  assert.equal(reach(songs), 15);
  assert.equal(reach([]), 5);
  assert.deepEqual(place({ value: 0, low: -7.5, high: 15 }, 15), { from: 25, to: 100, at: 50 });
  assert.deepEqual(place({ value: -99, low: -99, high: 99 }, 15), { from: 0, to: 100, at: 0 });
  assert.equal(rankRows(songs)[0].difference_low_pp, 3.1);
  assert.equal(rankRows(songs)[3].difference_pp, undefined);
});

test('should name a song by its hash where its title is not told, and list songs before the session has ended', () => {
  assert.equal(songName({ hash: '0123456789abcdef' }), 'Song 01234567');
  assert.equal(songName({ hash: '0123456789abcdef', title: '' }), 'Song 01234567');
  const songs = songsOf({ songs: [] }, { songs: [{ t_s: 60, end_s: 90, hash: 'b' }, { t_s: 2, end_s: 50, hash: 'a' }] });
  assert.deepEqual(songs.map((song) => [song.hash, song.start_s]), [['a', 2], ['b', 60]]);
  assert.deepEqual(songsOf({}, {}), []);
  assert.deepEqual(songRows([{ hash: 'a', metrics: { x: { n: 2 }, y: { value: 1, n: 3 } } }]), [{ hash: 'a', x: undefined, x_n: 2, y: 1, y_n: 3 }]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clinic } from '../src/clinic.js';
import { Malformed, read } from '../src/payload.js';
import { outputLine, quantileNs, size, verdict } from '../src/timing.js';
import { STALE_MS } from '../src/unit.js';
import { Walk, message } from './walk.js';

const BOOT = '0f7a3c1e-5a0e-4c52-9d55-0123456789ab';
const topic = (kind, unit = 'a') => `gait/v1/${unit}/up/${kind}`;
const bytes = (text) => new TextEncoder().encode(text);
const S = 1e9;

function step(seq, contactS, asynchronyMs, foot = 'L') {
  return {
    seq,
    kind: 'step',
    foot,
    t_ns: contactS * S,
    decided_ns: contactS * S,
    ...(asynchronyMs !== undefined && { cue_id: 1, asynchrony_ms: asynchronyMs }),
  };
}

const events = (...list) => message('ev', { v: 0, boot: BOOT, events: list });

function state(tS, lastLeftS, more = {}) {
  return message('state', {
    v: 0,
    boot: BOOT,
    t_ns: tS * S,
    walking: true,
    cueing: false,
    stride_duration_s: 1,
    left: { last_ic_ns: lastLeftS * S },
    right: {},
    recorded: { steps: 1, strides: 0, cues: 0 },
    counters: {},
    ...more,
  });
}

test('should read every message a unit sends', () => {
  const walk = new Walk();
  for (const [kind, payload] of [
    ['birth', walk.birth()],
    ['status', walk.status('online')],
    ['state', walk.state()],
    ['ev', walk.events()],
    ['timing', walk.timing()],
  ]) {
    assert.equal(read(topic(kind), payload).kind, kind);
  }
});

test('should refuse what is not of the schema', () => {
  const wrong = ['', 'null', '[]', '{}', '{"boot":1}', `{"boot":"${BOOT}"}`, `{"boot":"${BOOT}","conn":"x","state":"online"}`];
  for (const text of wrong) {
    assert.throws(() => read(topic('status'), bytes(text)), Malformed, text);
  }
  assert.throws(() => read(topic('status'), new Uint8Array([0xff, 0xfe])), Malformed);
  assert.throws(() => read('gait/v1/A b/up/status', bytes('{}')), Malformed);
  assert.throws(() => read(topic('ev'), bytes(`{"boot":"${BOOT}","events":[1]}`)), Malformed);
  assert.throws(() => read(topic('state'), bytes(`{"boot":"${BOOT}","__proto__":{"t_ns":1}}`)), Malformed);
});

test('should skip kinds of event that a newer unit added', () => {
  const payload = bytes(JSON.stringify({ v: 9, boot: BOOT, events: [{ seq: 1, kind: 'constructor' }, step(2, 1)] }));
  assert.deepEqual(read(topic('ev'), payload).body.events.map((event) => event.seq), [2]);
});

test('should count malformed messages and go on', () => {
  const clinic = new Clinic();
  clinic.take(topic('ev'), bytes('nonsense'), 0);
  clinic.take(topic('status'), new Walk().status('online'), 0);
  assert.equal(clinic.malformed, 1);
  assert.equal(clinic.chosen.status, 'online');
});

test('should drop events that come a second time', () => {
  const clinic = new Clinic();
  clinic.take(topic('ev'), events(step(1, 10, -5), step(2, 11, -7)), 0);
  clinic.take(topic('ev'), events(step(2, 11, -7), step(3, 12, -9)), 0);
  assert.deepEqual(clinic.chosen.steps.map((one) => one.asynchronyMs), [-5, -7, -9]);
});

test('should extrapolate phase from the last contact and the stride', () => {
  const clinic = new Clinic();
  clinic.take(topic('state'), state(100, 99.75), 5000);
  assert.equal(clinic.chosen.phase('left', 5000).toFixed(3), '0.250');
  assert.equal(clinic.chosen.phase('left', 5500).toFixed(3), '0.750');
  assert.equal(clinic.chosen.phase('left', 5900).toFixed(3), '0.150');
  assert.equal(clinic.chosen.phase('right', 5000), null);
  assert.equal(clinic.chosen.phase('left', 7000), null, 'no contact for two strides is standing');
});

test('should take the unit clock from the least delayed message', () => {
  const clinic = new Clinic();
  clinic.take(topic('state'), state(100, 99.75), 5000);
  clinic.take(topic('state'), state(101, 100.75), 6400);
  assert.equal(clinic.chosen.phase('left', 6400).toFixed(3), '0.650');
});

test('should not call a unit offline for an older connection of its boot', () => {
  const clinic = new Clinic();
  const walk = new Walk();
  clinic.take(topic('status'), walk.status('online', 7), 0);
  clinic.take(topic('status'), walk.status('offline', 6), 0);
  assert.equal(clinic.chosen.status, 'online');
  clinic.take(topic('status'), walk.status('offline', 7), 0);
  assert.equal(clinic.chosen.status, 'offline');
});

test('should begin anew with a new boot', () => {
  const clinic = new Clinic();
  clinic.take(topic('ev'), events(step(50, 10, -5)), 0);
  const other = new Walk({ boot: '11111111-5a0e-4c52-9d55-0123456789ab' });
  clinic.take(topic('birth'), other.birth(), 0);
  assert.deepEqual(clinic.chosen.steps, []);
  clinic.take(topic('ev'), other.events(), 0);
  assert.ok(clinic.chosen.steps.length > 0);
});

test('should call data old three seconds after the last state', () => {
  const clinic = new Clinic();
  clinic.take(topic('state'), state(100, 99), 1000);
  assert.equal(clinic.chosen.stale(1000 + STALE_MS), false);
  assert.equal(clinic.chosen.stale(1001 + STALE_MS), true);
});

test('should average the latest asynchronies only', () => {
  const clinic = new Clinic();
  clinic.take(topic('ev'), events(step(1, 1, 500), step(2, 2, -10), step(3, 3), step(4, 4, -30)), 0);
  assert.equal(clinic.chosen.asynchrony(2).meanMs, -20);
  assert.equal(clinic.chosen.asynchrony(2).sdMs.toFixed(1), '14.1');
});

test('should look at a unit that is online first and keep the viewer’s choice', () => {
  const clinic = new Clinic();
  const walk = new Walk();
  clinic.take(topic('status', 'a'), walk.status('offline'), 0);
  clinic.take(topic('status', 'b'), walk.status('online'), 0);
  assert.equal(clinic.chosen.name, 'b');
  clinic.choose('a');
  clinic.take(topic('status', 'b'), walk.status('online'), 0);
  assert.equal(clinic.chosen.name, 'a');
});

/** A timing message as the page reads it. */
const timing = (more) => read(topic('timing'), new Walk().timing(more)).body;
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
  const whole = JSON.parse(new TextDecoder().decode(new Walk().timing()));
  for (const counts of wrong) {
    whole.onset_error.counts = counts;
    assert.throws(() => read(topic('timing'), bytes(JSON.stringify(whole))), Malformed, JSON.stringify(counts));
  }
});

test('should show the newest timing of this boot only', () => {
  const clinic = new Clinic();
  const walk = new Walk();
  const old = new Walk({ boot: '11111111-5a0e-4c52-9d55-0123456789ab' });
  const [first, second] = [walk.timing(), walk.timing({ last: true })];
  clinic.take(topic('timing'), old.timing(), 0);
  assert.notEqual(clinic.chosen.timing, null, 'a unit that is away: the last it told');
  clinic.take(topic('birth'), walk.birth(), 0);
  assert.equal(clinic.chosen.timing, null);
  clinic.take(topic('timing'), second, 0);
  clinic.take(topic('timing'), first, 0);
  assert.equal(clinic.chosen.timing.last, true);
});

test('should bound what it keeps', () => {
  const clinic = new Clinic();
  for (let i = 0; i < 100; i++) {
    clinic.take(topic('status', `u${i}`), new Walk().status('online'), 0);
  }
  for (let i = 1; i <= 1000; i++) {
    clinic.take(topic('ev', 'u0'), events(step(i, i, 1)), 0);
  }
  assert.equal(clinic.units.size, 64);
  assert.equal(clinic.units.get('u0').steps.length, 600);
});

// A made-up walk that speaks the telemetry's schemas; every message is checked against them before it is sent.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { HOME } from './harness.js';

const ajv = new Ajv({ validateFormats: false });
/** What a unit of this minor version has schemas of. */
const SCHEMAS = ['birth', 'status', 'state', 'events', 'session', 'clock', 'timing', 'reported', 'answer', 'log', 'rx', 'cfg', 'cmd', 'ack'];
const SCHEMA_OF = { birth: 'birth', status: 'status', state: 'state', ev: 'events', timing: 'timing', session: 'session', clock: 'clock' };
const CHECK = Object.fromEntries(
  Object.entries(SCHEMA_OF).map(([topic, name]) => [
    topic,
    ajv.compile(JSON.parse(readFileSync(join(HOME, '..', '..', 'telemetry', 'schema', `${name}.schema.json`), 'utf8'))),
  ]),
);

/** Returns a message as bytes, after checking it. */
export function message(topic, body) {
  if (!CHECK[topic](body)) {
    throw new Error(`test message is not of the schema: ${JSON.stringify(CHECK[topic].errors)}`);
  }
  return Buffer.from(JSON.stringify(body));
}

/** A walker with a steady stride, whose steps come before the beat and wander a little, the same way every time. */
export class Walk {
  seq = 0;
  step = 0;
  /** What a test changes while the walk goes on: sensor gaps by foot, whether the walker keeps to the beat, the session. */
  gapS = { left: 0.005, right: 0.005 };
  locked = true;
  session = { id: 'walk-of-a-test', block: 2, kind: 'match', target_spm: 112, paused: false };

  constructor({ boot = '0f7a3c1e-5a0e-4c52-9d55-0123456789ab', strideS = 1.08, asynchronyMs = -32, bootS = 5000 } = {}) {
    Object.assign(this, { boot, strideS, asynchronyMs });
    this.originMs = performance.now() - bootS * 1e3;
    this.startS = bootS - 55;
  }

  nowS() {
    return (performance.now() - this.originMs) / 1e3;
  }

  /** Returns the true phase of a foot now. */
  phase(side, nowS = this.nowS()) {
    const offset = side === 'left' ? 0 : 0.5;
    return ((((nowS - this.startS) / this.strideS - offset) % 1) + 1) % 1;
  }

  birth(agent = '0.1.0') {
    const schemas = Object.fromEntries(SCHEMAS.map((name) => [name, 3]));
    return message('birth', { v: 3, boot: this.boot, agent, java: '25', config_sha256: '0'.repeat(64), schemas });
  }

  /** Returns what the unit proves of its timing; more replaces whole fields. */
  timing(more = {}) {
    const counts = [[3, 4], [8, 90], [12, 400], [13, 305], [14, 4]];
    const histogram = { first_ns: 1000, per_octave: 4, classes: 81, counts, count: 803, max_ns: 10_400 };
    const seq = ++this.seq;
    return message('timing', {
      v: 3,
      boot: this.boot,
      after_seq: seq - 1,
      seq,
      t_ns: ns(this.nowS()),
      since_ns: ns(this.startS),
      last: false,
      cues: { planned: 805, played: 804, unheard: 0, late: 0, refused: 0, worst_frames: 1 },
      onset_error: histogram,
      stall: histogram,
      breaks: { underruns: 0, stalls: 0, reanchors: 1, reopened: 0 },
      output: {
        state: 'playing',
        state_since_ns: ns(this.startS),
        text: 'sound card',
        kind: 'card',
        device: 'hw:CARD=Headphones',
        rate_hz: 48_000,
        bits: 32,
        period_frames: 256,
        buffer_frames: 2048,
        rate_ppm: 37.46,
        offset_ms: 12.5,
        offset_source: 'loopback',
      },
      real_time: { process_priority: 20, render_priority: 60, memory_locked: true, refused: [] },
      ...more,
    });
  }

  status(state, conn = 1) {
    return message('status', { v: 3, boot: this.boot, conn, state });
  }

  state({ walking = true, cueing = true } = {}) {
    const nowS = this.nowS();
    const foot = (side) => ({
      phase: Math.round(this.phase(side, nowS) * 1000) / 1000,
      phase_t_ns: ns(nowS),
      last_ic_ns: ns(nowS - this.phase(side, nowS) * this.strideS),
      sensor_gap_s: this.gapS[side],
      battery_pct: side === 'left' ? 82 : 12,
      loss_pct: 0.2,
    });
    return message('state', {
      v: 3,
      boot: this.boot,
      t_ns: ns(nowS),
      walking,
      cueing,
      cadence_spm: 120 / this.strideS,
      ...(cueing && { cue_tempo_spm: 120 / this.strideS }),
      stride_duration_s: this.strideS,
      locked: this.locked,
      ...(this.session && { session: this.session }),
      ...(this.song && { song: this.song }),
      waiting: 3,
      left: foot('left'),
      right: foot('right'),
      recorded: { steps: this.step, strides: Math.max(0, this.step - 2), cues: this.step },
      counters: { steps: this.step, sensor_gaps: 1 },
    });
  }

  /** Returns the events since the last call, or null when there are none. */
  events() {
    const events = [];
    const nowS = this.nowS();
    for (; events.length <= 60 && this.startS + (this.step * this.strideS) / 2 < nowS; this.step++) {
      const contactS = this.startS + (this.step * this.strideS) / 2;
      const wander = Math.sin(this.step * 2.4) + Math.sin(this.step * 0.37);
      const foot = this.step % 2 === 0 ? 'L' : 'R';
      const asynchronyMs = this.asynchronyMs + 9 * wander;
      events.push(this.cue(foot, contactS - asynchronyMs / 1e3));
      events.push({
        seq: ++this.seq,
        kind: 'step',
        foot,
        t_ns: ns(contactS),
        decided_ns: ns(contactS + 0.06),
        step_duration_s: this.strideS / 2 + 0.006 * wander,
        cadence_spm: 120 / this.strideS,
        confidence: 0.97,
        cue_id: this.step + 1,
        asynchrony_ms: asynchronyMs,
      });
      if (this.step >= 2) {
        events.push({
          seq: ++this.seq,
          kind: 'stride',
          foot,
          t_ns: ns(contactS + 0.2),
          decided_ns: ns(contactS + 0.21),
          start_ns: ns(contactS + 0.2 - this.strideS),
          stride_duration_s: this.strideS,
          stance_fraction: foot === 'L' ? 0.62 : 0.6,
          stride_length_m: 1.18,
        });
      }
    }
    return events.length === 0 ? null : message('ev', { v: 3, boot: this.boot, after_seq: events[0].seq - 1, events });
  }

  cue(foot, onsetS) {
    return {
      seq: ++this.seq,
      kind: 'cue',
      foot,
      t_ns: ns(onsetS),
      cue_id: this.step + 1,
      frame: Math.round(onsetS * 48_000),
      period_s: this.strideS / 2 - 0.008 * Math.floor(this.step / 40),
      voice: 'beat',
    };
  }
}

function ns(seconds) {
  return Math.round(seconds * 1e9);
}

/** A unit that walks, over a line of the clinic it talks to. */
export class WalkingUnit {
  /** @param {{connect: (unit: string, will: Buffer) => Promise<{publish, vanish, end}>}} clinic */
  constructor(clinic, name, walk) {
    this.clinic = clinic;
    this.name = name;
    this.walk = walk;
  }

  async start() {
    this.line = await this.clinic.connect(this.name, this.walk.status('offline'));
    await this.publish('birth', this.walk.birth(), { qos: 1, retain: true });
    await this.publish('status', this.walk.status('online'), { qos: 1, retain: true });
    await this.publish('timing', this.walk.timing(), { qos: 1, retain: true });
    this.stateTimer = setInterval(() => this.publish('state', this.walk.state(), { qos: 0 }), 1000);
    this.eventTimer = setInterval(() => {
      const events = this.walk.events();
      if (events) {
        this.publish('ev', events, { qos: 1 });
      }
    }, 250);
  }

  publish(topic, payload, options) {
    return this.line.publish(topic, payload, options);
  }

  /** Stops talking but stays connected. */
  fallSilent() {
    clearInterval(this.stateTimer);
    clearInterval(this.eventTimer);
  }

  /** Loses its line without a farewell. */
  vanish() {
    this.fallSilent();
    return this.line.vanish();
  }

  async close() {
    this.fallSilent();
    await this.line?.end();
  }
}

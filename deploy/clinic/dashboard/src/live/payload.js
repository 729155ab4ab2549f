// Reads messages of a unit. Whatever a unit sent is checked here, once, and nothing else is trusted further on.

const MAX_LENGTH = 65536;
const MAX_EVENTS = 1000;
const MAX_CLASSES = 1000;
const MAX_LINE = 400;
const FEET = { L: 'left', R: 'right' };

/** Says that a message cannot be read, and why. */
export class Malformed extends Error {}

/**
 * Reads one message as the live stream gives it.
 * @param {string} kind event of the stream: birth, status, state, ev, timing, session
 * @param {string} data the unit's payload, JSON
 * @returns {object} body with checked fields only, units in their names
 * @throws {Malformed} if it is not of the schema
 */
export function read(kind, data) {
  if (!Object.hasOwn(READERS, kind)) {
    fail('kind');
  }
  if (data.length > MAX_LENGTH) {
    fail('size');
  }
  let json;
  try {
    json = JSON.parse(data);
  } catch {
    fail('JSON');
  }
  if (!isObject(json)) {
    fail('object');
  }
  return { boot: text(json, 'boot'), ...READERS[kind](json) };
}

/** Reads how many messages the server dropped for a viewer who is too slow. */
export function missed(data) {
  let json = null;
  try {
    json = JSON.parse(data);
  } catch {
    fail('JSON');
  }
  return Number.isSafeInteger(json?.count) && json.count > 0 ? json.count : fail('count');
}

/** Reads a timing payload that the server has parsed; null if it cannot be read. */
export function readTiming(json) {
  try {
    return READERS.timing(isObject(json) ? json : fail('object'));
  } catch (error) {
    if (error instanceof Malformed) {
      return null;
    }
    throw error;
  }
}

const READERS = {
  birth: (json) => ({ agent: text(json, 'agent') }),
  status: (json) => ({
    connection: number(json, 'conn'),
    state: oneOf(json, 'state', ['online', 'offline', 'stopped']),
  }),
  state: (json) => ({
    timeNs: number(json, 't_ns'),
    walking: flag(json, 'walking'),
    cueing: flag(json, 'cueing'),
    cadenceSpm: optional(json, 'cadence_spm'),
    cueTempoSpm: optional(json, 'cue_tempo_spm'),
    strideS: optional(json, 'stride_duration_s'),
    locked: json.locked === undefined ? null : flag(json, 'locked'),
    session: json.session === undefined ? null : session(object(json, 'session')),
    song: json.song === undefined ? null : text(json, 'song'),
    waiting: optional(json, 'waiting'),
    left: foot(json.left),
    right: foot(json.right),
    recorded: counts(json.recorded),
    counters: counts(json.counters),
  }),
  timing: (json) => ({
    seq: optional(json, 'seq'),
    timeNs: optional(json, 't_ns'),
    last: flag(json, 'last'),
    cues: {
      played: number(object(json, 'cues'), 'played'),
      late: number(json.cues, 'late'),
      worstFrames: number(json.cues, 'worst_frames'),
    },
    onsets: classes(object(json, 'onset_error')),
    underruns: number(object(json, 'breaks'), 'underruns'),
    output: output(object(json, 'output')),
    realTime: json.real_time === undefined ? null : { refused: lines(object(json, 'real_time'), 'refused') },
    sound: json.sound === undefined ? null : { dosePct7d: optional(object(json, 'sound'), 'dose_pct_7d'), attenuationDb: optional(json.sound, 'attenuation_db') },
  }),
  session: (json) => ({ session: text(json, 'session'), state: oneOf(json, 'state', ['started', 'ended']) }),
  ev: (json) => {
    if (!Array.isArray(json.events) || json.events.length > MAX_EVENTS) {
      fail('events');
    }
    return { events: json.events.map(event).filter((one) => one !== null) };
  },
};

const EVENTS = {
  step: (json) => ({
    foot: side(json),
    timeNs: number(json, 't_ns'),
    decidedNs: number(json, 'decided_ns'),
    stepS: optional(json, 'step_duration_s'),
    cadenceSpm: optional(json, 'cadence_spm'),
    asynchronyMs: optional(json, 'asynchrony_ms'),
  }),
  stride: (json) => ({
    foot: side(json),
    timeNs: number(json, 't_ns'),
    decidedNs: number(json, 'decided_ns'),
    strideS: optional(json, 'stride_duration_s'),
    stanceFraction: optional(json, 'stance_fraction'),
  }),
  cue: (json) => ({
    foot: side(json),
    timeNs: number(json, 't_ns'),
    cueId: number(json, 'cue_id'),
    periodS: optional(json, 'period_s'),
  }),
  gap: (json) => ({ foot: side(json), timeNs: number(json, 't_ns') }),
  silence: (json) => ({ timeNs: number(json, 't_ns') }),
  freeze: (json) => ({ timeNs: number(json, 't_ns') }),
};

/** A kind that a newer unit added is not an error: it is skipped. */
function event(json) {
  if (!isObject(json)) {
    fail('event');
  }
  const kind = text(json, 'kind');
  const seq = number(json, 'seq');
  return Object.hasOwn(EVENTS, kind) ? { kind, seq, ...EVENTS[kind](json) } : null;
}

function foot(json) {
  if (!isObject(json)) {
    fail('foot');
  }
  return {
    phase: optional(json, 'phase'),
    phaseTimeNs: optional(json, 'phase_t_ns'),
    lastContactNs: optional(json, 'last_ic_ns'),
    sensorGapS: optional(json, 'sensor_gap_s'),
    batteryPct: optional(json, 'battery_pct'),
    lossPct: optional(json, 'loss_pct'),
  };
}

function session(json) {
  return {
    id: text(json, 'id'),
    block: optional(json, 'block'),
    kind: json.kind === undefined ? null : text(json, 'kind'),
    targetSpm: optional(json, 'target_spm'),
    paused: flag(json, 'paused'),
  };
}

function output(json) {
  return {
    state: oneOf(json, 'state', ['opening', 'playing', 'waiting', 'stopped']),
    stateSinceNs: number(json, 'state_since_ns'),
    text: text(json, 'text', MAX_LINE),
    kind: oneOf(json, 'kind', ['card', 'file']),
    device: json.device === undefined ? null : text(json, 'device', MAX_LINE),
    rateHz: optional(json, 'rate_hz'),
    bits: optional(json, 'bits'),
    bufferFrames: optional(json, 'buffer_frames'),
    ratePpm: optional(json, 'rate_ppm'),
    offsetMs: number(json, 'offset_ms'),
    offsetSource: text(json, 'offset_source'),
  };
}

/** Sizes counted in classes; every class that holds any, smallest first. */
function classes(json) {
  const read = {
    firstNs: number(json, 'first_ns'),
    perOctave: number(json, 'per_octave'),
    classes: number(json, 'classes'),
    counts: Array.isArray(json.counts) ? json.counts : fail('counts'),
    count: number(json, 'count'),
    maxNs: number(json, 'max_ns'),
  };
  let before = -1;
  for (const each of read.counts) {
    const pair = Array.isArray(each) && each.length === 2 && each.every(Number.isSafeInteger);
    if (!pair || each[0] <= before || each[0] >= Math.min(read.classes, MAX_CLASSES) || each[1] < 1) {
      fail('class');
    }
    before = each[0];
  }
  const sum = read.counts.reduce((all, [, count]) => all + count, 0);
  return read.firstNs > 0 && read.perOctave > 0 && sum === read.count ? read : fail('edges');
}

function lines(json, name) {
  const list = json[name];
  return Array.isArray(list) && list.every((line) => typeof line === 'string' && line.length <= MAX_LINE) ? [...list] : fail(name);
}

function counts(json) {
  if (!isObject(json) || !Object.values(json).every((count) => Number.isSafeInteger(count) && count >= 0)) {
    fail('counts');
  }
  return { ...json };
}

function side(json) {
  return FEET[oneOf(json, 'foot', ['L', 'R'])];
}

function number(json, name) {
  return Number.isFinite(json[name]) ? json[name] : fail(name);
}

function optional(json, name) {
  return json[name] === undefined ? null : number(json, name);
}

function flag(json, name) {
  return typeof json[name] === 'boolean' ? json[name] : fail(name);
}

function text(json, name, most = 200) {
  return typeof json[name] === 'string' && json[name].length <= most ? json[name] : fail(name);
}

function object(json, name) {
  return isObject(json[name]) ? json[name] : fail(name);
}

function oneOf(json, name, values) {
  return values.includes(json[name]) ? json[name] : fail(name);
}

function isObject(json) {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function fail(what) {
  throw new Malformed(what);
}

// What the page knows of one unit, and the unit's clock as the page sees it. No page elements here: tests move time by hand.

/** Seconds of walk the charts show. */
export const WINDOW_S = 60;
/** Without a state for this long, what is shown is old: a unit sends one a second. */
export const STALE_MS = 3000;
/** A sensor not heard for this long is lost, s. */
export const GAP_S = 1;
const MAX_POINTS = 600;
const OFFSETS = 30;
const USUAL_STANCE = 0.6;

/** Maps the unit's monotonic clock to the page's through the least delayed of the latest states: records may come much later. */
class UnitClock {
  offsets = [];

  /** A state of this instant arrived. */
  heard(unitNs, nowMs) {
    this.offsets.push(nowMs - unitNs / 1e6);
    if (this.offsets.length > OFFSETS) {
      this.offsets.shift();
    }
  }

  toPageMs(unitNs) {
    return unitNs / 1e6 + Math.min(...this.offsets);
  }

  toUnitS(nowMs) {
    return this.offsets.length === 0 ? null : (nowMs - Math.min(...this.offsets)) / 1e3;
  }
}

/** One foot. */
class FootTrack {
  lastContactNs = null;
  strideS = null;
  stance = USUAL_STANCE;
  sensorGapS = null;

  contact(timeNs) {
    if (timeNs !== null && (this.lastContactNs === null || timeNs > this.lastContactNs)) {
      this.lastContactNs = timeNs;
    }
  }
}

export class Unit {
  name;
  agent = null;
  status = 'unknown';
  connection = -1;
  state = null;
  stateAtMs = null;
  lastCue = null;
  silenceNs = null;
  /** Per step: {timeS, foot, stepSpm, asynchronyMs}, oldest first. */
  steps = [];
  /** Per cue: {timeS, tempoSpm}, oldest first; tempoSpm null where the sound ended. */
  tempi = [];
  #boot = null;
  /** A status of another boot: a late word of an earlier one, or the first of the next. */
  #otherStatus = null;
  #timing = null;
  #lastSeq = -1;
  #clock = new UnitClock();
  feet = { left: new FootTrack(), right: new FootTrack() };

  constructor(name) {
    this.name = name;
  }

  /** Takes what the server knew before the stream began. */
  know(known) {
    this.agent = known.agent ?? known.birth?.agent ?? null;
    this.status = ['online', 'offline', 'stopped'].includes(known.state) ? known.state : known.online ? 'online' : 'offline';
  }

  /** Takes a message that payload.js has read. */
  take(kind, body, nowMs) {
    if (kind === 'status') {
      this.#takeStatus(body);
      return;
    }
    if (kind === 'timing') {
      this.#takeTiming(body);
      return;
    }
    if (kind === 'session') {
      return; // What goes on now stands in every state; an ended session has its own page.
    }
    if (kind === 'ev' && this.#boot !== null && body.boot !== this.#boot) {
      return; // A catch-up: an earlier boot's records come between the states of this one.
    }
    this.#sameBoot(body.boot);
    if (kind === 'birth') {
      this.agent = body.agent;
    } else if (kind === 'state') {
      this.#takeState(body, nowMs);
    } else {
      body.events.forEach((event) => this.#takeEvent(event));
    }
  }

  /** Returns the unit's latest proof of its timing in this boot, or null. */
  get timing() {
    return this.#boot === null || this.#timing?.boot === this.#boot ? this.#timing : null;
  }

  /** Returns the age of the latest state, ms, or null before the first. */
  ageMs(nowMs) {
    return this.stateAtMs === null ? null : nowMs - this.stateAtMs;
  }

  /** Tells whether what is known is too old to be called live. */
  stale(nowMs) {
    return this.stateAtMs === null || nowMs - this.stateAtMs > STALE_MS;
  }

  /** Returns the unit's time now, s of its clock, or null while not known. */
  timeS(nowMs) {
    return this.#clock.toUnitS(nowMs);
  }

  /** Returns when something of the unit's time happens, in the page's ms. */
  pageMs(unitNs) {
    return this.#clock.toPageMs(unitNs);
  }

  /** Returns the phase of a foot now, in [0, 1), extrapolated from its last contact; null while it does not walk. */
  phase(foot, nowMs) {
    const track = this.feet[foot];
    const strideS = this.state?.strideS ?? track.strideS;
    const timeS = this.timeS(nowMs);
    if (!this.state?.walking || track.sensorGapS === null || track.sensorGapS > GAP_S || track.lastContactNs === null || !(strideS > 0) || timeS === null) {
      return null;
    }
    const strides = (timeS - track.lastContactNs / 1e9) / strideS;
    // A contact is told up to half a second late, so a foot may run past one stride; past two it stands.
    return strides > 2 ? null : ((strides % 1) + 1) % 1;
  }

  /** Says in a word or two why a foot has no phase. */
  why(foot, nowMs) {
    if (this.stale(nowMs) || this.status === 'stopped') {
      return 'no live data';
    }
    const gapS = this.feet[foot].sensorGapS;
    if (gapS === null || gapS > GAP_S) {
      return 'sensor lost';
    }
    return this.state.walking ? 'waiting' : 'standing';
  }

  /** Returns {meanMs, sdMs, count} of the latest asynchronies, or null. */
  asynchrony(count) {
    const values = this.steps.filter((step) => step.asynchronyMs !== null).slice(-count).map((step) => step.asynchronyMs);
    if (values.length === 0) {
      return null;
    }
    const meanMs = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - meanMs) ** 2, 0) / Math.max(1, values.length - 1);
    return { meanMs, sdMs: Math.sqrt(variance), count: values.length };
  }

  /** Connections are numbered upwards within a boot: a late will of an earlier one, or of an earlier boot, says nothing of this one. */
  #takeStatus(body) {
    if (this.#boot !== null && body.boot !== this.#boot) {
      this.#otherStatus = body;
      return;
    }
    if (body.connection < this.connection) {
      return;
    }
    this.#sameBoot(body.boot);
    this.connection = body.connection;
    this.status = body.state;
  }

  /** A retained one may be of an earlier boot: it never says which boot is now. */
  #takeTiming(body) {
    if (body.boot !== this.#timing?.boot || body.seq >= this.#timing.seq) {
      this.#timing = body;
    }
  }

  #sameBoot(boot) {
    if (boot !== this.#boot) {
      this.#boot = boot;
      this.#lastSeq = -1;
      this.#clock = new UnitClock();
      this.connection = -1;
      this.state = null;
      this.stateAtMs = null;
      this.lastCue = null;
      this.silenceNs = null;
      this.steps = [];
      this.tempi = [];
      this.feet = { left: new FootTrack(), right: new FootTrack() };
      const status = this.#otherStatus;
      this.#otherStatus = null;
      if (status?.boot === boot) {
        this.#takeStatus(status);
      }
    }
  }

  #takeState(state, nowMs) {
    this.#clock.heard(state.timeNs, nowMs);
    this.state = state;
    this.stateAtMs = nowMs;
    for (const foot of ['left', 'right']) {
      this.feet[foot].contact(state[foot].lastContactNs);
      this.feet[foot].sensorGapS = state[foot].sensorGapS;
    }
  }

  /** Events come at least once and in order, so one with a number already seen is a duplicate. */
  #takeEvent(event) {
    if (event.seq <= this.#lastSeq) {
      return;
    }
    this.#lastSeq = event.seq;
    const timeS = event.timeNs / 1e9;
    if (event.kind === 'step') {
      this.feet[event.foot].contact(event.timeNs);
      const stepSpm = event.stepS > 0 ? 60 / event.stepS : null;
      keep(this.steps, { timeS, foot: event.foot, stepSpm, asynchronyMs: event.asynchronyMs });
    } else if (event.kind === 'stride') {
      const track = this.feet[event.foot];
      track.strideS = event.strideS ?? track.strideS;
      if (event.stanceFraction > 0.3 && event.stanceFraction < 0.9) {
        track.stance += 0.3 * (event.stanceFraction - track.stance);
      }
    } else if (event.kind === 'cue') {
      this.lastCue = event;
      keep(this.tempi, { timeS, tempoSpm: event.periodS > 0 ? 60 / event.periodS : null });
    } else if (event.kind === 'silence') {
      this.silenceNs = event.timeNs;
      keep(this.tempi, { timeS, tempoSpm: null });
    }
  }
}

function keep(points, point) {
  points.push(point);
  if (points.length > MAX_POINTS) {
    points.shift();
  }
}

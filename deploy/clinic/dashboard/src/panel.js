// Everything on the page that is text. Text from messages only ever goes into textContent.

import { Histogram } from './histogram.js';
import { outputLine, quantileNs, size, verdict } from './timing.js';

const LAMP_MS = 120;
const CARRIED_BEATS = 4;
const ASYNCHRONY_STEPS = 20;
const BROKER = {
  connecting: 'Broker: connecting',
  up: 'Broker: connected',
  down: 'Broker: not reached, trying again',
};
const STATUS = { online: 'online', offline: 'offline', stopped: 'stopped', unknown: 'not known' };

export class Panel {
  #clinic;
  #select = id('unit');
  #names = '';
  #histogram = new Histogram(document.getElementById('onsets'));

  constructor(clinic) {
    this.#clinic = clinic;
    this.#select.addEventListener('change', () => clinic.choose(this.#select.value));
  }

  /** Shows the state of the connection to the broker. */
  broker(state, address) {
    badge('broker', state, BROKER[state]);
    id('broker').title = address;
  }

  /** Shows what somebody has to do. */
  problem(text) {
    id('problem').textContent = text;
    id('problem').hidden = false;
  }

  drawMalformed() {
    set('malformed', String(this.#clinic.malformed));
    id('malformed-box').classList.toggle('alarm', this.#clinic.malformed > 0);
  }

  /** The lamp lights on the beat, as far as the page can tell: a cue is told after it sounded, so its period goes on. */
  drawLamp(unit, nowMs) {
    id('lamp').classList.toggle('on', lit(unit, nowMs));
  }

  draw(unit, nowMs) {
    this.#drawUnits(unit);
    badge('status', unit.status, `Unit: ${STATUS[unit.status]}`);
    this.#drawFreshness(unit, nowMs);
    const { state } = unit;
    set('cadence', whole(state?.cadenceSpm));
    set('tempo', state?.cueing ? whole(state?.cueTempoSpm) : 'off');
    const asynchrony = unit.asynchrony(ASYNCHRONY_STEPS);
    set('asynchrony', asynchrony === null ? '–' : signed(asynchrony.meanMs));
    set('spread', asynchrony === null || asynchrony.count < 2 ? '' : `, SD ${Math.round(asynchrony.sdMs)}`);
    this.#drawCue(unit, nowMs);
    set('steps', count(state?.recorded.steps));
    set('strides', count(state?.recorded.strides));
    set('cues', count(state?.recorded.cues));
    set('gaps', count(state?.counters.sensor_gaps));
    set('dropped', count(state?.counters.messages_dropped));
    set('agent', unit.agent ?? '–');
    this.#drawTiming(unit, nowMs);
  }

  #drawTiming(unit, nowMs) {
    const { timing } = unit;
    const said = verdict(timing, (unitNs) => clockTime(unit, unitNs, nowMs));
    badge('verdict', said.state, said.text);
    id('verdict').title = timing?.output.text ?? '';
    set('output', outputLine(timing));
    id('output').title = timing?.realTime?.refused.join(' ') ?? '';
    set('told', told(unit, timing, nowMs));
    const onsets = timing?.onsets ?? null;
    set('onset-p50', onsets === null ? '–' : size(quantileNs(onsets, 0.5)));
    set('onset-p99', onsets === null ? '–' : size(quantileNs(onsets, 0.99)));
    set('onset-max', onsets === null || onsets.count === 0 ? '–' : size(onsets.maxNs));
    set('late', timing === null ? '–' : count(timing.cues.late));
    set('underruns', timing === null ? '–' : count(timing.underruns));
    set('ppm', timing?.output.ratePpm == null ? '–' : signed(timing.output.ratePpm, 1));
    const rateHz = timing?.output.rateHz ?? null;
    this.#histogram.draw(onsets, rateHz === null ? null : 1e9 / rateHz);
  }

  #drawFreshness(unit, nowMs) {
    const ageMs = unit.ageMs(nowMs);
    let fresh = 'live';
    let text = unit.state?.walking ? 'Live: walking' : 'Live: standing';
    if (ageMs === null) {
      [fresh, text] = ['unknown', 'No data yet'];
    } else if (unit.stale(nowMs)) {
      [fresh, text] = ['stale', `Old data: ${age(ageMs)}`];
    }
    badge('fresh', fresh, text);
    id('walk').dataset.fresh = fresh;
  }

  #drawCue(unit, nowMs) {
    const cue = unit.lastCue;
    set('cue', cue === null ? '–' : `#${cue.cueId}`);
    if (cue === null) {
      set('cue-more', '');
      return;
    }
    const agoS = Math.max(0, nowMs - unit.pageMs(cue.timeNs)) / 1e3;
    set('cue-more', `${cue.foot}, ${agoS < 10 ? agoS.toFixed(1) : Math.round(agoS)} s ago`);
  }

  #drawUnits(chosen) {
    const names = [...this.#clinic.units.values()].map((unit) => `${unit.name} (${STATUS[unit.status]})`);
    const key = JSON.stringify([chosen.name, names]);
    if (key === this.#names) {
      return;
    }
    this.#names = key;
    const options = [...this.#clinic.units.keys()].map((name, i) => new Option(names[i], name, false, name === chosen.name));
    this.#select.replaceChildren(...options);
    this.#select.disabled = false;
  }
}

function lit(unit, nowMs) {
  const { lastCue } = unit;
  if (!unit.state?.cueing || unit.stale(nowMs) || !(lastCue?.periodS > 0)) {
    return false;
  }
  const periodMs = lastCue.periodS * 1e3;
  const sinceMs = nowMs - unit.pageMs(lastCue.timeNs);
  return sinceMs >= 0 && sinceMs < CARRIED_BEATS * periodMs && sinceMs % periodMs < LAMP_MS;
}

function id(name) {
  return document.getElementById(name);
}

function set(name, text) {
  const element = id(name);
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function badge(name, state, text) {
  id(name).dataset.state = state;
  set(name, text);
}

function whole(value) {
  return value === null || value === undefined ? '–' : String(Math.round(value));
}

function signed(value, digits = 0) {
  const rounded = Number(value.toFixed(digits));
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded).toFixed(digits)}`;
}

/** Returns the time of day of something of the unit's time, or null before anything live was heard. */
function clockTime(unit, unitNs, nowMs) {
  if (unit.stateAtMs === null) {
    return null;
  }
  return new Date(Date.now() - (nowMs - unit.pageMs(unitNs))).toLocaleTimeString('en-GB');
}

function told(unit, timing, nowMs) {
  if (timing === null) {
    return '';
  }
  if (timing.last) {
    return 'the whole walk, which has ended';
  }
  return unit.stale(nowMs) ? 'as last told' : `told ${age(Math.max(0, nowMs - unit.pageMs(timing.timeNs)))} ago`;
}

function count(value) {
  return (value ?? 0).toLocaleString('en-GB');
}

function age(ms) {
  const seconds = Math.round(ms / 1e3);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

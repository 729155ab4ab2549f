// Everything on the live page that is text. Text from messages only ever goes into textContent.

import { songName } from '../songs.js';
import { Histogram } from '../timing/histogram.js';
import { outputLine, quantileNs, size, verdict } from '../timing/timing.js';
import { number, plain, span } from '../words.js';
import { GAP_S } from './walk.js';

const LAMP_MS = 120;
const CARRIED_BEATS = 4;
const ASYNCHRONY_STEPS = 20;
const BATTERY_LOW_PCT = 15;
const LOSS_HIGH_PCT = 5;
const STREAM = {
  connecting: 'Server: connecting',
  up: 'Server: connected',
  down: 'Server: not reached, trying again',
};
const STATUS = { online: 'online', offline: 'offline', stopped: 'stopped', unknown: 'not known' };

export class Panel {
  #unit;
  #malformed = 0;
  #missed = 0;
  #histogram = new Histogram(document.getElementById('onsets'));

  constructor(unit) {
    this.#unit = unit;
  }

  /** Shows the state of the connection to the server. */
  stream(state) {
    badge('stream', state, STREAM[state]);
  }

  countMalformed() {
    this.#malformed++;
  }

  /** Counts messages that the server dropped because this page took them too slowly. */
  countMissed(count) {
    this.#missed += count;
  }

  /** The lamp lights on the beat, as far as the page can tell: a cue is told after it sounded, so its period goes on. */
  drawLamp(nowMs) {
    id('lamp').classList.toggle('on', lit(this.#unit, nowMs));
  }

  draw(nowMs) {
    const unit = this.#unit;
    badge('status', unit.status, `Unit: ${STATUS[unit.status]}`);
    this.#drawFreshness(unit, nowMs);
    const { state } = unit;
    set('cadence', whole(state?.cadenceSpm));
    set('tempo', state?.cueing ? whole(state?.cueTempoSpm) : 'off');
    const asynchrony = unit.asynchrony(ASYNCHRONY_STEPS);
    set('asynchrony', asynchrony === null ? '–' : number(asynchrony.meanMs, 0, true));
    set('spread', asynchrony === null || asynchrony.count < 2 ? '' : `, SD ${Math.round(asynchrony.sdMs)}`);
    this.#drawCue(unit, nowMs);
    this.#drawSession(state);
    drawSensor('left', state?.left);
    drawSensor('right', state?.right);
    set('steps', number(state?.recorded.steps ?? 0));
    set('strides', number(state?.recorded.strides ?? 0));
    set('cues', number(state?.recorded.cues ?? 0));
    set('gaps', number(state?.counters.sensor_gaps ?? 0));
    set('waiting', number(state?.waiting));
    set('agent', unit.agent ?? '–');
    set('malformed', number(this.#malformed));
    id('malformed-box').classList.toggle('alarm', this.#malformed > 0);
    set('missed', number(this.#missed));
    id('missed-box').classList.toggle('alarm', this.#missed > 0);
    this.#drawTiming(unit, nowMs);
  }

  #drawSession(state) {
    const locked = state?.locked ?? null;
    badge('locked', locked === null ? 'unknown' : locked ? 'locked' : 'free', locked === null ? '–' : locked ? '● locked' : '○ not locked');
    const session = state?.session ?? null;
    set('block', session === null ? (state === null ? '–' : 'none') : session.paused ? '‖ paused' : session.kind === null ? 'plain walk' : plain(session.kind));
    const parts = [session?.block == null ? null : `block ${session.block + 1}`, session?.targetSpm == null ? null : `target ${whole(session.targetSpm)}/min`, state?.song ? `♪ ${songName({ hash: state.song })}` : null];
    set('target', parts.filter((part) => part !== null).join(', '));
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
    set('late', timing === null ? '–' : number(timing.cues.late));
    set('underruns', timing === null ? '–' : number(timing.underruns));
    set('ppm', timing?.output.ratePpm == null ? '–' : number(timing.output.ratePpm, 1, true));
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
      [fresh, text] = ['stale', `▲ Old data: ${span(ageMs / 1e3)}`];
    }
    badge('fresh', fresh, text);
    id('walk').dataset.fresh = fresh;
    // Told aloud when it changes, not once a second.
    set('said', `${STATUS[unit.status]}, ${{ live: 'live', stale: 'old data', unknown: 'no data yet' }[fresh]}`);
  }

  #drawCue(unit, nowMs) {
    const cue = unit.lastCue;
    set('cue', cue === null ? '–' : `#${cue.cueId}`);
    if (cue === null || unit.stateAtMs === null) {
      set('cue-more', '');
      return;
    }
    const agoS = Math.max(0, nowMs - unit.pageMs(cue.timeNs)) / 1e3;
    set('cue-more', `${cue.foot}, ${agoS < 10 ? agoS.toFixed(1) : Math.round(agoS)} s ago`);
  }
}

/** One insole: whether it is heard, what it loses, its charge. */
function drawSensor(side, foot) {
  const element = `sensor-${side}`;
  if (!foot || (foot.sensorGapS === null && foot.batteryPct === null)) {
    badge(element, 'unknown', foot ? 'no reading yet' : '–');
    return;
  }
  const lost = foot.sensorGapS === null || foot.sensorGapS > GAP_S;
  const low = foot.batteryPct !== null && foot.batteryPct <= BATTERY_LOW_PCT;
  const lossy = foot.lossPct !== null && foot.lossPct >= LOSS_HIGH_PCT;
  const signal = lost ? `✗ no signal${foot.sensorGapS === null ? '' : ` for ${span(foot.sensorGapS)}`}` : foot.lossPct === null ? '✓ signal' : `${lossy ? '▲' : '✓'} signal, ${number(foot.lossPct, 1)} % lost`;
  const battery = foot.batteryPct === null ? '' : ` · battery ${number(foot.batteryPct)} %${low ? ' ▲ low' : ''}`;
  badge(element, lost || low || lossy ? 'bad' : 'good', signal + battery);
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
  return unit.stale(nowMs) || timing.timeNs === null ? 'as last told' : `told ${span(Math.max(0, nowMs - unit.pageMs(timing.timeNs)) / 1e3)} ago`;
}

import uPlot from 'uplot';
import { BAD, CUED, FONT, INK, LEFT, RIGHT, UNCUED } from '../colours.js';
import { h } from '../dom.js';
import { axis, fit, lineAt, marks, upright } from '../plot.js';
import { clock, number } from '../words.js';
import { gestures } from './gestures.js';
import { asynchronyColumns, happenings, lengthColumns, tempoColumns } from './records.js';

/** Steps between two names of the time axis, s. */
const STEPS_S = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const SONG_BAR_PX = 6;
const SONG_FONT = FONT.replace('14px', '12px');
const UNCUED_KINDS = new Set(['baseline', 'retention', 'rest']);

/** The plots of a session over one another, with one range of time. */
export class Plots {
  #plots = [];
  #records;
  #blocks;
  #songs;
  #zoom;
  #readout = h('p', { class: 'readout', 'aria-hidden': 'true' }, 'Point at a plot to read its nearest figures.');
  element = h('div', { class: 'session-plots' });

  constructor(session, records, songs, zoom, signal) {
    this.#records = records;
    this.#blocks = session.blocks ?? [];
    this.#songs = songs;
    this.#zoom = zoom;
    const feet = [marks(LEFT, 'disc'), marks(RIGHT, 'square')];
    const tempo = { stroke: INK, width: 3, dash: [10, 5], points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }) };
    this.#add('tempo', 'Cadence against the cue', 'steps/min and beats/min', tempoColumns(records), [...feet, tempo], { range: around(10), digits: 0 }, signal);
    this.#add('asynchrony', 'Asynchrony', 'ms; below 0 the step comes before the beat', asynchronyColumns(records), feet, { range: balanced, digits: 0, zero: true }, signal);
    this.#add('length', 'Stride length', 'm, estimated', lengthColumns(records), feet, { range: around(0.2), digits: 2 }, signal);
    this.element.append(this.#readout);
  }

  /** Draws the range of the zoom. */
  draw() {
    const { startS: min, endS: max } = this.#zoom;
    this.#plots.forEach((plot) => plot.setScale('x', { min, max }));
  }

  #add(id, name, how, data, series, { range, digits, zero = false }, signal) {
    const count = data[0].length;
    const chart = h('div', { class: 'chart', role: 'img', 'aria-label': `${name}, ${number(count)} figures; the table below has them all.` });
    this.element.append(h('h3', {}, name, ' ', h('small', {}, how)), chart);
    const plot = new uPlot(
      {
        width: 600,
        height: 200,
        legend: { show: false },
        cursor: { drag: { x: true, y: false, setScale: false }, sync: { key: 'session' }, points: { show: false } },
        padding: [10, 16, 0, 0],
        scales: { x: { time: false, range: () => [this.#zoom.startS, this.#zoom.endS] }, y: { range } },
        axes: [{ ...axis(28), space: 70, incrs: STEPS_S, values: (_, splits) => splits.map((timeS) => clock(timeS, this.#zoom.widthS < 20)) }, upright(54, digits)],
        series: [{}, ...series],
        hooks: {
          drawClear: [(drawn) => this.#ground(drawn)],
          drawAxes: zero ? [(drawn) => lineAt(drawn, 0)] : [],
          draw: [(drawn) => this.#marksOfTime(drawn), (drawn) => songBars(drawn, this.#songs)],
          setSelect: [(drawn) => this.#selected(drawn)],
          setCursor: [(drawn) => this.#read(drawn, name, digits)],
        },
      },
      data,
      chart,
    );
    this.#plots.push(plot);
    fit(plot, chart, signal);
    gestures(plot.over, this.#zoom);
  }

  #selected(plot) {
    const { left, width } = plot.select;
    if (width > 4) {
      this.#zoom.show(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    }
  }

  #read(plot, name, digits) {
    const { idx, left } = plot.cursor;
    if (idx === null || idx === undefined || left < 0 || !plot.over.matches(':hover')) {
      return;
    }
    const found = plot.data.slice(1).findLastIndex((column) => Number.isFinite(column[idx]));
    const who = ['left', 'right', 'cue'];
    if (found >= 0) {
      this.#readout.textContent = `${clock(plot.data[0][idx], true)}  ${name}: ${number(plot.data[found + 1][idx], digits === 0 ? 1 : 3)} (${who[found]})`;
    }
  }

  /** Blocks as grounds under everything: with cues or without. */
  #ground(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    for (const block of this.#blocks) {
      const [x, width] = clipped(plot, block.start_s, block.end_s);
      if (width > 0) {
        ctx.fillStyle = UNCUED_KINDS.has(block.kind) ? UNCUED : CUED;
        ctx.fillRect(x, bbox.top, width, bbox.height);
        ctx.fillStyle = INK;
        ctx.fillRect(x, bbox.top, devicePixelRatio, bbox.height);
      }
    }
    ctx.restore();
  }

  /** Freezes as hatched bands, rules as lines with a triangle, locks as short ticks. */
  #marksOfTime(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = BAD;
    ctx.fillStyle = BAD;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.setLineDash([]);
    for (const freeze of this.#records.freezes ?? []) {
      hatch(plot, freeze.t_s, freeze.end_s ?? freeze.t_s + 1);
    }
    for (const { timeS, kind } of happenings(this.#records)) {
      const [x, width] = clipped(plot, timeS, timeS + 1e-6);
      if (width > 0 && kind === 'rule') {
        const half = 7 * devicePixelRatio;
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.beginPath();
        ctx.moveTo(x - half, bbox.top);
        ctx.lineTo(x + half, bbox.top);
        ctx.lineTo(x, bbox.top + 2 * half);
        ctx.fill();
      }
    }
    ctx.restore();
  }
}

/** Songs as bars at the foot of a plot with their numbers, each in turn full and hollow so that two are told apart. */
function songBars(plot, songs) {
  const { ctx, bbox } = plot;
  const px = devicePixelRatio;
  const high = SONG_BAR_PX * px;
  const top = bbox.top + bbox.height - high;
  ctx.save();
  ctx.font = SONG_FONT.replace(/(\d+)px/, (_, size) => `${size * px}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.lineWidth = px;
  ctx.setLineDash([]);
  ctx.strokeStyle = INK;
  songs.forEach((song, i) => {
    const [x, width] = clipped(plot, song.start_s, song.end_s ?? song.start_s + 1);
    if (width <= 0) {
      return;
    }
    ctx.fillStyle = i % 2 === 0 ? INK : '#fff';
    ctx.fillRect(x, top, width, high);
    ctx.strokeRect(x + px / 2, top + px / 2, Math.max(px, width - px), high - px);
    const name = `♪ ${i + 1}`;
    const wide = ctx.measureText(name).width;
    if (width > wide + 6 * px) {
      ctx.fillStyle = 'rgb(255 255 255 / 80%)';
      ctx.fillRect(x + px, top - 16 * px, wide + 4 * px, 16 * px);
      ctx.fillStyle = INK;
      ctx.fillText(name, x + 3 * px, top - px);
    }
  });
  ctx.restore();
}

function hatch(plot, startS, endS) {
  const { ctx, bbox } = plot;
  const [x, width] = clipped(plot, startS, endS);
  if (width <= 0) {
    return;
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, bbox.top, Math.max(width, 3 * devicePixelRatio), bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (let at = x - bbox.height; at < x + width; at += 9 * devicePixelRatio) {
    ctx.moveTo(at, bbox.top + bbox.height);
    ctx.lineTo(at + bbox.height, bbox.top);
  }
  ctx.lineWidth = devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

/** Returns where a time lies on the canvas, as far as it is shown: [x, width] in its pixels; width 0 for not shown. */
function clipped(plot, startS, endS) {
  const { min, max } = plot.scales.x;
  if (!(endS > min && startS < max)) {
    return [0, 0];
  }
  const x = plot.valToPos(Math.max(startS, min), 'x', true);
  return [x, Math.max(0.001, plot.valToPos(Math.min(endS, max), 'x', true) - x)];
}

function around(least) {
  return (_, min, max) => {
    if (min === null) {
      return [0, least];
    }
    const room = Math.max(least - (max - min), 0.1 * (max - min)) / 2;
    return [min - room, max + room];
  };
}

function balanced(_, min, max) {
  const reach = Math.max(100, Math.ceil((Math.max(-(min ?? 0), max ?? 0) + 20) / 50) * 50);
  return [-reach, reach];
}

import uPlot from 'uplot';
import { INK, LEFT, RIGHT } from '../colours.js';
import { axis, fit, lineAt, marks } from '../plot.js';
import { WINDOW_S } from './walk.js';

const TICKS_S = [60, 50, 40, 30, 20, 10, 0];

/** A chart of the last minute that scrolls with the unit's clock. */
class ScrollingChart {
  #plot;
  #nowS = 0;
  #end = '';

  constructor(element, signal, series, yRange, hooks = {}) {
    const options = {
      width: 600,
      height: 200,
      legend: { show: false },
      cursor: { show: false },
      padding: [10, 24, 0, 0],
      scales: { x: { time: false }, y: { range: yRange } },
      axes: [
        {
          ...axis(28),
          splits: () => TICKS_S.map((ago) => this.#nowS - ago),
          values: () => TICKS_S.map((ago) => (ago === 0 ? this.#end : `−${ago} s`)),
        },
        { ...axis(54), space: 40, values: (_, splits) => splits.map((value) => String(Math.round(value)).replace('-', '−')) },
      ],
      series: [{}, ...series],
      hooks,
    };
    this.#plot = new uPlot(options, [[], ...series.map(() => [])], element);
    fit(this.#plot, element, signal);
  }

  draw(data, nowS, live) {
    this.#nowS = nowS;
    this.#end = live ? 'now' : 'last';
    this.#plot.batch(() => {
      this.#plot.setData(data, false);
      this.#plot.setScale('x', { min: nowS - WINDOW_S, max: nowS });
    });
  }
}

export class CadenceChart {
  #chart;

  constructor(element, signal) {
    const tempo = { stroke: INK, width: 3, dash: [10, 5], points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }) };
    this.#chart = new ScrollingChart(element, signal, [tempo, marks(LEFT, 'disc'), marks(RIGHT, 'square')], cadenceRange);
  }

  draw(unit, nowS, live) {
    const points = [
      ...unit.tempi.map(({ timeS, tempoSpm }) => [timeS, tempoSpm, undefined, undefined]),
      ...unit.steps.map(({ timeS, foot, stepSpm }) => [
        timeS,
        undefined,
        foot === 'left' ? stepSpm : undefined,
        foot === 'right' ? stepSpm : undefined,
      ]),
    ];
    const cue = unit.state?.cueing ? unit.tempi.findLast(({ tempoSpm }) => tempoSpm !== null) : undefined;
    if (cue !== undefined && cue.timeS < nowS) {
      points.push([nowS, cue.tempoSpm, undefined, undefined]);
    }
    this.#chart.draw(columns(points, 4, nowS), nowS, live);
  }
}

export class AsynchronyChart {
  #chart;

  constructor(element, signal) {
    this.#chart = new ScrollingChart(element, signal, [marks(LEFT, 'disc'), marks(RIGHT, 'square')], asynchronyRange, { drawAxes: [(plot) => lineAt(plot, 0)] });
  }

  draw(unit, nowS, live) {
    const points = unit.steps
      .filter((step) => step.asynchronyMs !== null)
      .map(({ timeS, foot, asynchronyMs }) => [
        timeS,
        foot === 'left' ? asynchronyMs : undefined,
        foot === 'right' ? asynchronyMs : undefined,
      ]);
    this.#chart.draw(columns(points, 3, nowS), nowS, live);
  }
}

function columns(points, width, nowS) {
  const inside = points.filter(([timeS]) => timeS >= nowS - WINDOW_S - 5);
  inside.sort((a, b) => a[0] - b[0]);
  return Array.from({ length: width }, (_, column) => inside.map((point) => point[column]));
}

function cadenceRange(_, min, max) {
  return min === null ? [80, 140] : [Math.floor((min - 6) / 10) * 10, Math.ceil((max + 6) / 10) * 10];
}

function asynchronyRange(_, min, max) {
  const reach = Math.max(100, Math.ceil((Math.max(-(min ?? 0), max ?? 0) + 20) / 50) * 50);
  return [-reach, reach];
}

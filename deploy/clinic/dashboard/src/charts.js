import uPlot from 'uplot';
import { WINDOW_S } from './unit.js';

const LEFT = '#0b4ea2';
const RIGHT = '#c2410c';
const INK = '#111827';
const GRID = '#d1d5db';
const FONT = '600 14px system-ui, sans-serif';
const TICKS_S = [60, 50, 40, 30, 20, 10, 0];

/** A chart of the last minute that scrolls with the unit's clock. */
class ScrollingChart {
  #plot;
  #element;
  #nowS = 0;
  #end = '';

  constructor(element, series, yRange, hooks = {}) {
    this.#element = element;
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
    new ResizeObserver(() => this.#fit()).observe(element);
    this.#fit();
  }

  draw(data, nowS, live) {
    this.#nowS = nowS;
    this.#end = live ? 'now' : 'last';
    this.#plot.batch(() => {
      this.#plot.setData(data, false);
      this.#plot.setScale('x', { min: nowS - WINDOW_S, max: nowS });
    });
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.#element;
    if (width > 0 && height > 0) {
      this.#plot.setSize({ width, height });
    }
  }
}

export class CadenceChart {
  #chart;

  constructor(element) {
    const tempo = { stroke: INK, width: 3, dash: [10, 5], points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }) };
    this.#chart = new ScrollingChart(element, [tempo, marks(LEFT), marks(RIGHT, true)], cadenceRange);
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

  constructor(element) {
    this.#chart = new ScrollingChart(element, [marks(LEFT), marks(RIGHT, true)], asynchronyRange, { drawAxes: [zeroLine] });
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

/** Left steps are discs and right ones squares, so that colour alone never tells them apart. */
function marks(colour, square = false) {
  return {
    stroke: colour,
    fill: colour,
    paths: () => null,
    points: { show: true, size: 9, fill: colour, stroke: colour, ...(square && { paths: squares }) },
  };
}

function squares(plot, series) {
  const path = new Path2D();
  const size = 8 * devicePixelRatio;
  const [times, values] = [plot.data[0], plot.data[series]];
  for (let i = 0; i < times.length; i++) {
    if (values[i] !== null && values[i] !== undefined && times[i] >= plot.scales.x.min) {
      path.rect(
        plot.valToPos(times[i], 'x', true) - size / 2,
        plot.valToPos(values[i], 'y', true) - size / 2,
        size,
        size,
      );
    }
  }
  return { stroke: path, fill: path };
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

function zeroLine(plot) {
  const y = plot.valToPos(0, 'y', true);
  const { left, width } = plot.bbox;
  plot.ctx.save();
  plot.ctx.strokeStyle = INK;
  plot.ctx.lineWidth = 2 * devicePixelRatio;
  plot.ctx.beginPath();
  plot.ctx.moveTo(left, y);
  plot.ctx.lineTo(left + width, y);
  plot.ctx.stroke();
  plot.ctx.restore();
}

function axis(size) {
  return { stroke: INK, font: FONT, size, grid: { stroke: GRID, width: 1 }, ticks: { show: false }, gap: 6 };
}

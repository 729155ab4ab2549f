// What all plots share: axes, marks told apart by shape as well as colour, a size that follows the page.

import { FONT, GRID, INK } from './colours.js';

const MARK_PX = 8;
/** Marks shrink to this where very many share the width. */
const LEAST_MARK_PX = 3;
const ROOM_PER_MARK = 3;

export function axis(size) {
  return { stroke: INK, font: FONT, size, grid: { stroke: GRID, width: 1 }, ticks: { show: false }, gap: 6 };
}

/** A vertical axis with true minus signs. */
export function upright(size = 54, digits = null) {
  const text = (value) => (digits === null ? String(Number(value.toFixed(6))) : value.toFixed(digits)).replace('-', '−');
  return { ...axis(size), space: 36, values: (_, splits) => splits.map(text) };
}

/**
 * A series of marks without a line.
 * @param {string} colour
 * @param {'disc'|'square'|'triangle'|'cross'} shape left steps are discs, right ones squares
 * @param {{hollow?: boolean, sizePx?: number}} more hollow for what is simulated
 */
export function marks(colour, shape, { hollow = false, sizePx = MARK_PX } = {}) {
  return {
    stroke: colour,
    fill: colour,
    paths: () => null,
    points: { show: true, size: sizePx, width: 2, stroke: colour, fill: hollow ? '#fff' : colour, paths: (plot, series) => outline(plot, series, shape, sizePx) },
  };
}

function outline(plot, series, shape, sizePx) {
  const path = new Path2D();
  const [times, values] = [plot.data[0], plot.data[series]];
  const { min, max } = plot.scales.x;
  const shown = [];
  for (let i = 0; i < times.length; i++) {
    if (values[i] !== null && values[i] !== undefined && times[i] >= min && times[i] <= max) {
      shown.push(i);
    }
  }
  const roomPx = (ROOM_PER_MARK * plot.over.clientWidth) / Math.max(1, shown.length);
  const half = (Math.min(sizePx, Math.max(LEAST_MARK_PX, roomPx)) * devicePixelRatio) / 2;
  shown.forEach((i) => DRAW[shape](path, plot.valToPos(times[i], 'x', true), plot.valToPos(values[i], 'y', true), half));
  return { stroke: path, fill: shape === 'cross' ? null : path };
}

const DRAW = {
  disc(path, x, y, half) {
    path.moveTo(x + half, y);
    path.arc(x, y, half, 0, 2 * Math.PI);
  },
  square(path, x, y, half) {
    path.rect(x - half, y - half, 2 * half, 2 * half);
  },
  triangle(path, x, y, half) {
    path.moveTo(x, y - 1.2 * half);
    path.lineTo(x + 1.2 * half, y + half);
    path.lineTo(x - 1.2 * half, y + half);
    path.closePath();
  },
  cross(path, x, y, half) {
    path.moveTo(x - half, y - half);
    path.lineTo(x + half, y + half);
    path.moveTo(x - half, y + half);
    path.lineTo(x + half, y - half);
  },
};

/** Draws a horizontal line at a value, for differences: zero is where nothing changed. */
export function lineAt(plot, value) {
  const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
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

/** Keeps a plot as wide and high as its element until the signal ends it. */
export function fit(plot, element, signal) {
  const measure = () => {
    const { clientWidth: width, clientHeight: height } = element;
    if (width > 0 && height > 0) {
      plot.setSize({ width, height });
    }
  };
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    plot.destroy();
  });
}

import { quantileNs, size, upperNs } from './timing.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 320;
const HEIGHT = 92;
const FLOOR = 70;
const LABEL_Y = 86;
const LEAST_BAR = 3;
/** Classes shown at least, so that a few good figures do not fill the whole width: up to 128 µs. */
const LEAST_CLASSES = 29;

/** A small picture of how large the errors were: one bar for each class, wider errors to the right. */
export class Histogram {
  #svg;
  #drawn = '';

  constructor(element) {
    this.#svg = element;
    element.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  }

  /** Draws counts, and where a length such as one audio frame lies among them, ns; null for no counts yet. */
  draw(counts, markNs) {
    const key = JSON.stringify([counts, markNs]);
    if (key === this.#drawn) {
      return;
    }
    this.#drawn = key;
    const parts = [line(0, FLOOR, WIDTH, FLOOR, 'floor')];
    if (counts === null || counts.count === 0) {
      this.#svg.setAttribute('aria-label', 'No onset errors yet');
    } else {
      this.#svg.setAttribute('aria-label', spoken(counts));
      parts.push(...bars(counts, markNs));
    }
    this.#svg.replaceChildren(...parts);
  }
}

function bars(counts, markNs) {
  const shown = Math.max(LEAST_CLASSES, counts.counts.at(-1)[0] + 1);
  const width = WIDTH / shown;
  const most = Math.max(...counts.counts.map(([, count]) => count));
  const drawn = counts.counts.map(([index, count]) => {
    const height = Math.max(LEAST_BAR, (FLOOR - 14) * (count / most));
    return make('rect', { class: 'bar', x: index * width + 0.5, y: FLOOR - height, width: Math.max(1, width - 1), height });
  });
  const placeOf = (ns) => width * (1 + counts.perOctave * Math.log2(ns / counts.firstNs));
  for (let ns = 1e3; placeOf(ns) < WIDTH - 12; ns *= 10) {
    if (placeOf(ns) >= 0) {
      drawn.push(line(placeOf(ns), FLOOR, placeOf(ns), FLOOR + 5, 'floor'), label(placeOf(ns), size(ns).replace('.0', '')));
    }
  }
  if (markNs !== null && placeOf(markNs) < WIDTH) {
    drawn.push(line(placeOf(markNs), 12, placeOf(markNs), FLOOR, 'mark'), label(placeOf(markNs), '1 frame', 9));
  }
  return drawn;
}

function spoken(counts) {
  return (
    `Onset errors of ${counts.count} cues: half within ${size(quantileNs(counts, 0.5))}, 99 of 100 within ` +
    `${size(quantileNs(counts, 0.99))}, the largest ${size(upperNs(counts, counts.classes - 1))}`
  );
}

function label(x, text, y = LABEL_Y) {
  const element = make('text', { x: Math.min(Math.max(x, 16), WIDTH - 24), y });
  element.textContent = text;
  return element;
}

function line(x1, y1, x2, y2, name) {
  return make('line', { x1, y1, x2, y2, class: name });
}

function make(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  return element;
}

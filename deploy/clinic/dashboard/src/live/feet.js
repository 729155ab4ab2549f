// One foot's gait cycle as a moving picture: a ring from initial contact (top) clockwise, a marker at the phase, and a sole
// that is filled and rolls from heel to toe in stance, and is lifted and hollow in swing.

const SVG = 'http://www.w3.org/2000/svg';
const RADIUS = 88;
const CENTRE = 110;
const SOLE =
  'M30 3 C47 3 58 19 56 42 C55 57 49 67 48 81 C47 96 51 104 49 117 C47 131 39 138 29 138 C18 138 11 130 11 115' +
  ' C11 99 16 89 13 71 C10 57 3 47 4 32 C6 14 17 3 30 3 Z';
/** Share of the remaining error that the picture makes up per second, so that a corrected contact does not make it jump. */
const CATCH_UP_PER_S = 6;

export class FootPicture {
  #parts = {};
  #side;
  #shown = null;
  #shownAtMs = 0;
  #stance = null;

  constructor(figure, side) {
    this.#side = side;
    const svg = make('svg', { viewBox: '0 0 220 220', 'aria-hidden': 'true' }, figure);
    make('circle', { class: 'swing-ring', cx: CENTRE, cy: CENTRE, r: RADIUS }, svg);
    this.#parts.arc = make('path', { class: 'stance-ring' }, svg);
    make('path', { class: 'contact-tick', d: `M${CENTRE} 8 V36` }, svg);
    const mirror = side === 'right' ? 'translate(220 0) scale(-1 1)' : '';
    const place = make('g', { transform: mirror }, svg);
    const lift = make('g', { class: 'lift' }, place);
    const sole = make('g', { transform: 'translate(80 40)' }, lift);
    make('path', { class: 'sole', d: SOLE }, sole);
    this.#parts.load = make('circle', { class: 'load', r: 9, cx: 30, cy: 118 }, sole);
    this.#parts.marker = make('circle', { class: 'marker', r: 11 }, svg);
    const caption = document.createElement('figcaption');
    this.#parts.name = caption.appendChild(document.createElement('b'));
    this.#parts.name.textContent = side === 'left' ? 'Left' : 'Right';
    this.#parts.text = caption.appendChild(document.createElement('span'));
    figure.append(caption);
    this.figure = figure;
  }

  /** Draws a frame; with phase null it says why there is none. */
  draw(phase, why, stance, strideS, nowMs) {
    if (stance !== this.#stance) {
      this.#stance = stance;
      this.#parts.arc.setAttribute('d', arc(stance));
    }
    const shown = this.#smooth(phase, strideS, nowMs);
    const part = shown === null ? 'unknown' : shown < stance ? 'stance' : 'swing';
    this.figure.dataset.part = part;
    if (shown === null) {
      this.#parts.text.textContent = why;
      return;
    }
    const [x, y] = point(shown);
    this.#parts.marker.setAttribute('cx', x);
    this.#parts.marker.setAttribute('cy', y);
    const rolled = Math.min(1, shown / stance);
    this.#parts.load.setAttribute('cy', (118 - 92 * rolled).toFixed(1));
    this.#parts.text.textContent = `${part} ${Math.floor(shown * 100)} %`;
    this.figure.dataset.phase = shown.toFixed(3);
  }

  #smooth(phase, strideS, nowMs) {
    if (phase === null) {
      delete this.figure.dataset.phase;
      this.#shown = null;
    } else if (this.#shown === null || !(strideS > 0)) {
      this.#shown = phase;
    } else {
      const elapsedS = Math.min(0.1, (nowMs - this.#shownAtMs) / 1e3);
      const expected = this.#shown + elapsedS / strideS;
      const error = ((((phase - expected) % 1) + 1.5) % 1) - 0.5;
      this.#shown = (((expected + error * Math.min(1, CATCH_UP_PER_S * elapsedS)) % 1) + 1) % 1;
    }
    this.#shownAtMs = nowMs;
    return this.#shown;
  }
}

function arc(share) {
  const [x, y] = point(share);
  return `M${CENTRE} ${CENTRE - RADIUS} A${RADIUS} ${RADIUS} 0 ${share > 0.5 ? 1 : 0} 1 ${x} ${y}`;
}

function point(share) {
  const angle = 2 * Math.PI * share;
  return [CENTRE + RADIUS * Math.sin(angle), CENTRE - RADIUS * Math.cos(angle)].map((value) => value.toFixed(2));
}

function make(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  return parent.appendChild(element);
}

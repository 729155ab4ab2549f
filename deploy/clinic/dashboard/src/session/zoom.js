// Which part of a session the plots show. All of them share it. No page elements here.

/** Nothing narrower than this is shown, s: about two strides. */
const LEAST_S = 2;
const STEP = 1.6;
const PAN = 0.25;

export class Zoom {
  #whole;
  #changed;

  /** @param {(zoom: Zoom) => void} changed called after every change */
  constructor(startS, endS, changed = () => {}) {
    this.#whole = [startS, Math.max(endS, startS + LEAST_S)];
    this.#changed = changed;
    [this.startS, this.endS] = this.#whole;
  }

  get widthS() {
    return this.endS - this.startS;
  }

  get isWhole() {
    return this.startS === this.#whole[0] && this.endS === this.#whole[1];
  }

  /** Shows [startS, endS), kept inside the session and not too narrow. */
  show(startS, endS) {
    const [first, last] = this.#whole;
    const width = Math.min(Math.max(endS - startS, LEAST_S), last - first);
    const middle = (startS + endS) / 2;
    const start = Math.min(Math.max(middle - width / 2, first), last - width);
    [this.startS, this.endS] = width === last - first ? this.#whole : [start, start + width];
    this.#changed(this);
  }

  all() {
    this.show(...this.#whole);
  }

  /** Zooms by a factor, above 1 inwards, around a moment that keeps its place. */
  by(factor, aroundS = (this.startS + this.endS) / 2) {
    const width = Math.max(LEAST_S, this.widthS / factor);
    const share = (aroundS - this.startS) / this.widthS;
    this.show(aroundS - share * width, aroundS - share * width + width);
  }

  closer() {
    this.by(STEP);
  }

  wider() {
    this.by(1 / STEP);
  }

  /** Moves by seconds. */
  move(seconds) {
    const width = this.widthS;
    const [first, last] = this.#whole;
    const start = Math.min(Math.max(this.startS + seconds, first), last - width);
    this.show(start, start + width);
  }

  earlier() {
    this.move(-PAN * this.widthS);
  }

  later() {
    this.move(PAN * this.widthS);
  }

  /** Does what a key asks for; tells whether it did. */
  key(name) {
    const done = { '+': 'closer', '=': 'closer', '-': 'wider', ArrowLeft: 'earlier', ArrowRight: 'later', Home: 'all', 0: 'all' }[name];
    if (done) {
      this[done]();
    }
    return done !== undefined;
  }
}

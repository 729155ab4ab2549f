import { Malformed, read } from './payload.js';
import { Unit } from './unit.js';

const MAX_UNITS = 64;

/** All units the broker tells of, and which one is looked at. */
export class Clinic {
  units = new Map();
  chosen = null;
  malformed = 0;
  #chosenByHand = false;

  /** Takes a message as it came; one that cannot be read is counted and changes nothing else. */
  take(topic, bytes, nowMs) {
    let message;
    try {
      message = read(topic, bytes);
    } catch (error) {
      if (!(error instanceof Malformed)) {
        throw error;
      }
      this.malformed++;
      return;
    }
    const unit = this.units.get(message.unit) ?? this.#add(message.unit);
    unit?.take(message.kind, message.body, nowMs);
    if (!this.#chosenByHand && unit?.status === 'online' && this.chosen?.status !== 'online') {
      this.chosen = unit;
    }
  }

  /** The viewer chose a unit: it stays chosen, whatever the others do. */
  choose(name) {
    this.chosen = this.units.get(name) ?? this.chosen;
    this.#chosenByHand = true;
  }

  #add(name) {
    if (this.units.size >= MAX_UNITS) {
      return null;
    }
    const unit = new Unit(name);
    this.units.set(name, unit);
    this.chosen ??= unit;
    return unit;
  }
}

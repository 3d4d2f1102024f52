import type { Simulation } from '../engine/kernel/simulation';

/**
 * A fingerprint of everything that happened: the names and times of all trace events and the numbers and texts in them, in order.
 * Two runs with the same seed and inputs have the same one, in Node and in every browser.
 */
export class TraceHash {
  private a = 0x811c9dc5;
  private b = 0x01000193;
  events = 0;

  constructor(sim: Simulation) {
    sim.trace.listenToAll((name, payload, timeUs) => {
      this.events += 1;
      this.addText(name);
      this.addNumber(timeUs);
      this.addValue(payload, 0);
    });
  }

  get value(): string {
    return (this.a >>> 0).toString(16).padStart(8, '0') + (this.b >>> 0).toString(16).padStart(8, '0');
  }

  private addNumber(value: number): void {
    this.mix(value | 0);
    this.mix((value / 4294967296) | 0);
  }

  private addText(text: string): void {
    for (let i = 0; i < text.length; i++) this.mix(text.charCodeAt(i));
  }

  /** Plain data down to a few levels; what is deeper or is an object of the engine counts by its keys alone. */
  private addValue(value: unknown, depth: number): void {
    if (typeof value === 'number') this.addNumber(value);
    else if (typeof value === 'string') this.addText(value);
    else if (typeof value === 'boolean') this.mix(value ? 1 : 2);
    else if (value instanceof Uint8Array) {
      this.mix(value.length);
      for (let i = 0; i < value.length && i < 64; i++) this.mix(value[i] as number);
    } else if (Array.isArray(value)) {
      this.mix(value.length);
      if (depth < 4) for (const each of value) this.addValue(each, depth + 1);
    } else if (typeof value === 'object' && value !== null && depth < 4 && Object.getPrototypeOf(value) === Object.prototype) {
      for (const key of Object.keys(value)) {
        this.addText(key);
        this.addValue((value as Record<string, unknown>)[key], depth + 1);
      }
    }
  }

  private mix(word: number): void {
    this.a = Math.imul(this.a ^ word, 0x01000193);
    this.b = Math.imul(this.b ^ (word + (this.a >>> 7)), 0x5bd1e995);
    this.b ^= this.b >>> 13;
  }
}

import { type Assertion, type RegexNode, type CharacterSet, RegexError, WORD, contains } from './regex-node';

type Instruction =
  | { readonly op: 'set'; readonly set: CharacterSet }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly where: Assertion }
  | { readonly op: 'match' };

const ANY: CharacterSet = { negated: true, ranges: [] };
const MAX_PROGRAM = 20_000;

/** Thompson's construction with Pike's threads: time grows with the text only, whatever the expression. Finds the leftmost longest match. */
export class PikeVm {
  private readonly program: Instruction[] = [];
  private readonly slots: number;
  private readonly marks: Int32Array;
  private generation = 0;

  constructor(
    node: RegexNode,
    groupCount: number,
    private readonly ignoreCase: boolean,
  ) {
    this.slots = 2 * (groupCount + 1);
    this.emit(node);
    this.add({ op: 'match' });
    this.marks = new Int32Array(this.program.length);
  }

  /** The leftmost longest match from `from` on, as start and end of each group (-1 when it took no part); null when there is none. */
  exec(text: string, from: number): Int32Array | null {
    let best: Int32Array | null = null;
    let threads: { pc: number; saved: Int32Array }[] = [];
    for (let at = from; ; ) {
      const code = text.codePointAt(at);
      const next: { pc: number; saved: Int32Array }[] = [];
      this.generation += 1;
      const active: { pc: number; saved: Int32Array }[] = [];
      for (const thread of threads) this.follow(thread.pc, thread.saved, { at, text, into: active });
      if (best === null) {
        const saved = new Int32Array(this.slots).fill(-1);
        saved[0] = at;
        this.follow(0, saved, { at, text, into: active });
      }
      for (const thread of active) {
        const instruction = this.program[thread.pc] as Instruction;
        if (instruction.op === 'match') {
          if (best === null || (thread.saved[0] as number) < (best[0] as number) || ((thread.saved[0] as number) === (best[0] as number) && at > (best[1] as number))) {
            best = thread.saved.slice();
            best[1] = at;
          }
        } else if (instruction.op === 'set' && code !== undefined && this.accepts(instruction.set, code)) {
          if (best === null || (thread.saved[0] as number) <= (best[0] as number)) next.push({ pc: thread.pc + 1, saved: thread.saved });
        }
      }
      if (code === undefined) return best;
      if (next.length === 0 && best !== null) return best;
      threads = next;
      at += code > 0xffff ? 2 : 1;
    }
  }

  private accepts(set: CharacterSet, code: number): boolean {
    if (contains(set, code)) return true;
    if (!this.ignoreCase || set.negated) return false;
    const character = String.fromCodePoint(code);
    return contains(set, character.toLowerCase().codePointAt(0) as number) || contains(set, character.toUpperCase().codePointAt(0) as number);
  }

  /** Adds the thread, and those that it splits into without taking a character, in order of preference. */
  private follow(pc: number, saved: Int32Array, where: { at: number; text: string; into: { pc: number; saved: Int32Array }[] }): void {
    const stack: { pc: number; saved: Int32Array }[] = [{ pc, saved }];
    for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
      if (this.marks[thread.pc] === this.generation) continue;
      this.marks[thread.pc] = this.generation;
      const instruction = this.program[thread.pc] as Instruction;
      switch (instruction.op) {
        case 'jump':
          stack.push({ pc: instruction.to, saved: thread.saved });
          break;
        case 'split':
          stack.push({ pc: instruction.second, saved: thread.saved }, { pc: instruction.first, saved: thread.saved });
          break;
        case 'save': {
          const changed = thread.saved.slice();
          changed[instruction.slot] = where.at;
          stack.push({ pc: thread.pc + 1, saved: changed });
          break;
        }
        case 'assert':
          if (holds(instruction.where, where.text, where.at)) stack.push({ pc: thread.pc + 1, saved: thread.saved });
          break;
        default:
          where.into.push(thread);
      }
    }
  }

  private add(instruction: Instruction): number {
    if (this.program.length >= MAX_PROGRAM) throw new RegexError('Regular expression too big');
    return this.program.push(instruction) - 1;
  }

  private emit(node: RegexNode): void {
    switch (node.kind) {
      case 'character':
        this.add({ op: 'set', set: { negated: false, ranges: [[node.code, node.code]] } });
        break;
      case 'any':
        this.add({ op: 'set', set: ANY });
        break;
      case 'set':
        this.add({ op: 'set', set: node.set });
        break;
      case 'assertion':
        this.add({ op: 'assert', where: node.where });
        break;
      case 'group':
        this.add({ op: 'save', slot: 2 * node.index });
        this.emit(node.body);
        this.add({ op: 'save', slot: 2 * node.index + 1 });
        break;
      case 'sequence':
        for (const part of node.parts) this.emit(part);
        break;
      case 'alternatives':
        this.emitAlternatives(node.options);
        break;
      case 'repeat':
        this.emitRepeat(node.body, node.min, node.max);
        break;
    }
  }

  private emitAlternatives(options: readonly RegexNode[]): void {
    const ends: { to: number }[] = [];
    options.forEach((option, i) => {
      if (i === options.length - 1) {
        this.emit(option);
        return;
      }
      const split = { op: 'split' as const, first: 0, second: 0 };
      split.first = this.add(split) + 1;
      this.emit(option);
      const jump = { op: 'jump' as const, to: 0 };
      split.second = this.add(jump) + 1;
      ends.push(jump);
    });
    for (const end of ends) end.to = this.program.length;
  }

  private emitRepeat(body: RegexNode, min: number, max: number | undefined): void {
    for (let i = 0; i < min; i++) this.emit(body);
    if (max === undefined) {
      const split = { op: 'split' as const, first: 0, second: 0 };
      const start = this.add(split);
      split.first = start + 1;
      this.emit(body);
      split.second = this.add({ op: 'jump', to: start }) + 1;
      return;
    }
    const splits: { second: number }[] = [];
    for (let i = min; i < max; i++) {
      const split = { op: 'split' as const, first: 0, second: 0 };
      split.first = this.add(split) + 1;
      splits.push(split);
      this.emit(body);
    }
    for (const split of splits) split.second = this.program.length;
  }
}

function holds(where: Assertion, text: string, at: number): boolean {
  const before = at > 0 && contains(WORD, text.charCodeAt(at - 1));
  const after = at < text.length && contains(WORD, text.codePointAt(at) as number);
  switch (where) {
    case 'lineStart':
    case 'textStart':
      return at === 0;
    case 'lineEnd':
    case 'textEnd':
      return at === text.length;
    case 'wordStart':
      return !before && after;
    case 'wordEnd':
      return before && !after;
    case 'wordBoundary':
      return before !== after;
    case 'noWordBefore':
      return !before;
    case 'noWordAfter':
      return !after;
    case 'notWordBoundary':
      return before === after;
  }
}

import type { Op } from '../../../../engine/kernel/task';
import { power } from '../../lib/portable-math';
import { BUILTIN_OPERATIONS } from './awk-builtins';
import { type Action, type Code, Unwind, choose, immediate, run, strict, valueOf, waiting } from './awk-code';
import type { AwkProgram, Expr, LeftValue, Variable } from './awk-node';
import { type AwkRuntime, SLOTS } from './awk-runtime';
import { AwkError } from './awk-streams';
import { substitute } from './awk-substitute';
import { AwkArray, Cell, Input, type Value, compare, toBoolean, toNumber } from './awk-value';

export const STEPS_BETWEEN_WAITS = 1000;
/** Deep enough for what people write; a JavaScript stack's own limit differs from browser to browser. */
const MAX_CALL_DEPTH = 300;

/** Turns expressions into closures over the runtime. */
export abstract class AwkExpressionCompiler {
  protected frame: Cell[] = [];
  private depth = 0;
  protected steps = 0;
  exitCode = 0;
  protected returned: Value;

  constructor(
    protected readonly runtime: AwkRuntime,
    protected readonly program: AwkProgram,
  ) {}

  /** Lets simulated time pass in long loops. */
  protected *pause(): Op<void> {
    this.steps = 0;
    yield* this.runtime.maybeFlush();
    yield* this.runtime.process.spend(STEPS_BETWEEN_WAITS / 2);
  }

  // Expressions

  expression(node: Expr): Code {
    const { runtime } = this;
    switch (node.kind) {
      case 'number':
      case 'string': {
        const { value } = node;
        return immediate(() => value);
      }
      case 'group':
        return this.expression(node.inner);
      case 'regex': {
        const pattern = runtime.pattern(node.source);
        return immediate(() => (runtime.matches(runtime.toText(runtime.getField(0)), pattern) ? 1 : 0));
      }
      case 'variable':
        return this.variable(node);
      case 'field': {
        if (node.index.kind === 'number') {
          const index = Math.trunc(node.index.value);
          return immediate(() => runtime.getField(index));
        }
        return strict([this.expression(node.index)], (index) => runtime.getField(Math.trunc(toNumber(index))));
      }
      case 'element': {
        const array = this.arrayOf(node.array);
        return strict([this.subscript(node.subscripts)], (key) => {
          const { entries } = array();
          const text = key as string;
          if (!entries.has(text)) entries.set(text, undefined);
          return entries.get(text);
        });
      }
      case 'assign':
        return this.assignment(node);
      case 'increment': {
        const read = this.expression(node.target);
        const store = this.store(node.target);
        return this.modify(node.target, read, store, (old) => ({ stored: toNumber(old) + node.by, result: node.prefix ? toNumber(old) + node.by : toNumber(old) }));
      }
      case 'unary':
        return strict([this.expression(node.operand)], node.operator === '!' ? (value) => (toBoolean(value) ? 0 : 1) : node.operator === '-' ? (value) => -toNumber(value) : (value) => toNumber(value));
      case 'binary':
        return strict([this.expression(node.left), this.expression(node.right)], this.binary(node.operator));
      case 'and':
      case 'or':
        return this.shortCircuit(node.kind, this.expression(node.left), this.expression(node.right));
      case 'conditional':
        return choose(this.expression(node.test), this.expression(node.yes), this.expression(node.no));
      case 'match':
        return this.matchExpression(node.negated, node.text, node.pattern);
      case 'in': {
        const array = this.arrayOf(node.array);
        return strict([this.subscript(node.subscripts)], (key) => (array().entries.has(key as string) ? 1 : 0));
      }
      case 'builtin':
        return this.builtin(node.name, node.args);
      case 'call':
        return this.call(node.name, node.args);
      case 'getline':
        return this.getline(node);
    }
  }

  private variable({ scope, slot }: Variable): Code {
    const { runtime } = this;
    if (scope === 'global') {
      if (slot === SLOTS.NF) return immediate(() => runtime.get(slot));
      const cell = runtime.globals[slot] as Cell;
      return immediate(() => {
        const { content } = cell;
        return content instanceof AwkArray ? undefined : content;
      });
    }
    return immediate(() => {
      const { content } = this.frame[slot] as Cell;
      return content instanceof AwkArray ? undefined : content;
    });
  }

  protected arrayOf({ scope, slot }: Variable): () => AwkArray {
    const { globals } = this.runtime;
    return scope === 'global' ? () => (globals[slot] as Cell).array() : () => (this.frame[slot] as Cell).array();
  }

  protected subscript(subscripts: readonly Expr[]): Code {
    const { runtime } = this;
    const codes = subscripts.map((each) => this.expression(each));
    if (codes.length === 1) return strict(codes, (value) => runtime.toText(value));
    return strict(codes, (...values) => values.map((value) => runtime.toText(value)).join(runtime.text(SLOTS.SUBSEP)));
  }

  private binary(operator: string): (a: Value, b: Value) => Value {
    const { runtime } = this;
    switch (operator) {
      case '+':
        return (a, b) => toNumber(a) + toNumber(b);
      case '-':
        return (a, b) => toNumber(a) - toNumber(b);
      case '*':
        return (a, b) => toNumber(a) * toNumber(b);
      case '/':
        return (a, b) => toNumber(a) / toNumber(b);
      case '%':
        return (a, b) => toNumber(a) % toNumber(b);
      case '^':
        return (a, b) => power(toNumber(a), toNumber(b));
      case ' ':
        return (a, b) => runtime.toText(a) + runtime.toText(b);
      case '<':
        return (a, b) => (compare(a, b, runtime.convfmt) < 0 ? 1 : 0);
      case '<=':
        return (a, b) => (compare(a, b, runtime.convfmt) <= 0 ? 1 : 0);
      case '>':
        return (a, b) => (compare(a, b, runtime.convfmt) > 0 ? 1 : 0);
      case '>=':
        return (a, b) => (compare(a, b, runtime.convfmt) >= 0 ? 1 : 0);
      case '==':
        return (a, b) => (compare(a, b, runtime.convfmt) === 0 ? 1 : 0);
      default:
        return (a, b) => (compare(a, b, runtime.convfmt) !== 0 ? 1 : 0);
    }
  }

  private matchExpression(negated: boolean, text: Expr, pattern: Expr): Code {
    const { runtime } = this;
    const hit = negated ? 0 : 1;
    const miss = negated ? 1 : 0;
    if (pattern.kind === 'regex') {
      const compiled = runtime.pattern(pattern.source);
      return strict([this.expression(text)], (value) => (runtime.matches(runtime.toText(value), compiled) ? hit : miss));
    }
    return strict([this.expression(text), this.expression(pattern)], (value, source) => (runtime.matches(runtime.toText(value), runtime.pattern(runtime.toText(source))) ? hit : miss));
  }

  private shortCircuit(kind: 'and' | 'or', left: Code, right: Code): Code {
    const stop = kind === 'or';
    const done = stop ? 1 : 0;
    const { now: a } = left;
    const { now: b } = right;
    if (a !== undefined && b !== undefined) return immediate(() => (toBoolean(a()) === stop ? done : toBoolean(b()) ? 1 : 0));
    return waiting(function* () {
      if (toBoolean(yield* valueOf(left)) === stop) return done;
      return toBoolean(yield* valueOf(right)) ? 1 : 0;
    });
  }

  // Assignment

  /** Stores a value; `key` is the subscript or field number where there is one. */
  protected store(target: LeftValue): (value: Value, key: Value) => void {
    const { runtime } = this;
    if (target.kind === 'field') return (value, key) => runtime.setField(Math.trunc(toNumber(key)), value);
    if (target.kind === 'element') {
      const array = this.arrayOf(target.array);
      return (value, key) => {
        array().entries.set(key as string, value);
      };
    }
    const { slot } = target;
    if (target.scope === 'global') return (value) => runtime.set(slot, value);
    return (value) => {
      (this.frame[slot] as Cell).content = value;
    };
  }

  protected keyOf(target: LeftValue): Code | undefined {
    if (target.kind === 'field') return this.expression(target.index);
    return target.kind === 'element' ? this.subscript(target.subscripts) : undefined;
  }

  /** Reads, changes and stores a left value whose subscript is evaluated once. */
  private modify(target: LeftValue, read: Code, store: (value: Value, key: Value) => void, change: (old: Value) => { stored: Value; result: Value }): Code {
    const key = this.keyOf(target);
    if (key === undefined) {
      const get = read.now as () => Value;
      return immediate(() => {
        const { stored, result } = change(get());
        store(stored, undefined);
        return result;
      });
    }
    const load = this.load(target);
    return strict([key], (at) => {
      const { stored, result } = change(load(at));
      store(stored, at);
      return result;
    });
  }

  private load(target: LeftValue): (key: Value) => Value {
    const { runtime } = this;
    if (target.kind === 'field') return (key) => runtime.getField(Math.trunc(toNumber(key)));
    const array = this.arrayOf((target as Extract<LeftValue, { kind: 'element' }>).array);
    return (key) => array().entries.get(key as string);
  }

  private assignment(node: Extract<Expr, { kind: 'assign' }>): Code {
    const store = this.store(node.target);
    const value = this.expression(node.value);
    const key = this.keyOf(node.target);
    if (node.operator === '') {
      if (key === undefined) {
        return strict([value], (result) => {
          store(result, undefined);
          return result;
        });
      }
      return strict([key, value], (at, result) => {
        store(result, at);
        return result;
      });
    }
    const combine = this.binary(node.operator);
    if (key === undefined) {
      const { now } = this.expression(node.target);
      return strict([value], (operand) => {
        const result = combine((now as () => Value)(), operand);
        store(result, undefined);
        return result;
      });
    }
    const load = this.load(node.target);
    return strict([key, value], (at, operand) => {
      const result = combine(load(at), operand);
      store(result, at);
      return result;
    });
  }

  // Calls

  private builtin(name: string, args: readonly Expr[]): Code {
    const { runtime } = this;
    if (name === 'split') return this.split(args);
    if (name === 'sub' || name === 'gsub') return this.substitution(name, args);
    if (name === 'match') {
      const pattern = this.patternOf(args[1] as Expr);
      return strict([this.expression(args[0] as Expr), pattern.code], (text, source) => {
        const match = pattern.resolve(source).exec(runtime.toText(text));
        runtime.set(SLOTS.RSTART, match === null ? 0 : match.start + 1);
        runtime.set(SLOTS.RLENGTH, match === null ? -1 : match.end - match.start);
        return match === null ? 0 : match.start + 1;
      });
    }
    if (name === 'length' && args[0]?.kind === 'variable') return this.lengthOf(args[0]);
    const codes = args.map((each) => this.expression(each));
    if (name === 'system' || name === 'close' || name === 'fflush') {
      return waiting(function* () {
        const text = codes[0] === undefined ? '' : runtime.toText(yield* valueOf(codes[0]));
        if (name === 'system') return yield* runtime.system(text);
        if (name === 'close') return yield* runtime.close(text);
        yield* runtime.flush();
        return 0;
      });
    }
    const operation = BUILTIN_OPERATIONS[name];
    if (operation === undefined) throw new AwkError(`function ${name} never defined`, false);
    return strict(codes, (...values) => operation(runtime, values));
  }

  private lengthOf(variable: Variable): Code {
    const { runtime } = this;
    const cell = variable.scope === 'global' ? () => runtime.globals[variable.slot] as Cell : () => this.frame[variable.slot] as Cell;
    const value = this.variable(variable);
    return immediate(() => {
      const { content } = cell();
      return content instanceof AwkArray ? content.entries.size : runtime.toText((value.now as () => Value)()).length;
    });
  }

  private patternOf(node: Expr): { code: Code; resolve(source: Value): ReturnType<AwkRuntime['pattern']> } {
    const { runtime } = this;
    if (node.kind === 'regex') {
      const compiled = runtime.pattern(node.source);
      return { code: immediate(() => undefined), resolve: () => compiled };
    }
    return { code: this.expression(node), resolve: (source) => runtime.pattern(runtime.toText(source)) };
  }

  private split(args: readonly Expr[]): Code {
    const { runtime } = this;
    const target = args[1] as Expr;
    if (target.kind !== 'variable') throw new AwkError('type error in arg(2) in call to split', false);
    const array = this.arrayOf(target);
    const separator = args[2];
    const regex = separator?.kind === 'regex' ? runtime.pattern(separator.source) : undefined;
    const code = separator === undefined || regex !== undefined ? immediate(() => undefined) : this.expression(separator);
    return strict([this.expression(args[0] as Expr), code], (text, by) => {
      const parts = runtime.split(runtime.toText(text), regex ?? (separator === undefined ? runtime.text(SLOTS.FS) : runtime.toText(by)));
      const { entries } = array();
      entries.clear();
      parts.forEach((part, i) => entries.set(String(i + 1), new Input(part)));
      return parts.length;
    });
  }

  private substitution(name: string, args: readonly Expr[]): Code {
    const { runtime } = this;
    const pattern = this.patternOf(args[0] as Expr);
    const target: Expr = args[2] ?? { kind: 'field', index: { kind: 'number', value: 0 } };
    const isPlace = target.kind === 'variable' || target.kind === 'field' || target.kind === 'element';
    const key = isPlace ? this.keyOf(target) : undefined;
    const store = isPlace ? this.store(target) : undefined;
    return strict([pattern.code, this.expression(args[1] as Expr), key ?? immediate(() => undefined), this.expression(target)], (source, replacement, at, old) => {
      const { text, count } = substitute(runtime.toText(old), pattern.resolve(source), runtime.toText(replacement), name === 'gsub');
      if (count > 0) store?.(text, at);
      return count;
    });
  }

  private call(name: string, args: readonly Expr[]): Code {
    const definition = this.program.functions.get(name);
    if (definition === undefined) throw new AwkError(`function ${name} never defined`, false);
    const { runtime } = this;
    const codes = args.map((each) => (each.kind === 'variable' ? each : this.expression(each)));
    const self = this;
    return waiting(function* () {
      const frame: Cell[] = [];
      for (const code of codes) {
        if ('now' in code) {
          const cell = new Cell();
          cell.content = yield* valueOf(code);
          frame.push(cell);
        } else {
          const origin = (code.scope === 'global' ? runtime.globals[code.slot] : self.frame[code.slot]) as Cell;
          const cell = new Cell(origin.content === undefined ? origin : undefined);
          cell.content = code.slot === SLOTS.NF && code.scope === 'global' ? runtime.get(SLOTS.NF) : origin.content;
          frame.push(cell);
        }
      }
      while (frame.length < definition.parameters.length) frame.push(new Cell());
      if (self.depth >= MAX_CALL_DEPTH) throw new AwkError(`function ${name}: recursion too deep`);
      const caller = self.frame;
      self.frame = frame;
      self.depth += 1;
      self.returned = undefined;
      if (++self.steps > STEPS_BETWEEN_WAITS) yield* self.pause();
      const outcome = yield* run(self.bodyOf(name));
      self.frame = caller;
      self.depth -= 1;
      if (outcome === 'exit' || outcome === 'next') throw new Unwind(outcome);
      const value = self.returned;
      self.returned = undefined;
      return value;
    });
  }

  /** The body of a function, compiled when it is first called. */
  protected abstract bodyOf(name: string): Action;

  private getline(node: Extract<Expr, { kind: 'getline' }>): Code {
    const { runtime } = this;
    const source = node.source === undefined ? undefined : this.expression(node.source);
    const key = node.target === undefined ? undefined : this.keyOf(node.target);
    const store = node.target === undefined ? undefined : this.store(node.target);
    return waiting(function* () {
      const record = source === undefined ? yield* runtime.nextRecord() : yield* runtime.recordFrom(node.from as 'file', runtime.toText(yield* valueOf(source)), runtime.text(SLOTS.RS));
      if (record === null) return -1;
      if (record === undefined) return 0;
      if (store === undefined) runtime.setRecord(record);
      else store(new Input(record), key === undefined ? undefined : yield* valueOf(key));
      if (node.from === 'command') runtime.set(SLOTS.NR, toNumber(runtime.get(SLOTS.NR)) + 1);
      return 1;
    });
  }
}

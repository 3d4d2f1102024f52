import { type Action, type Outcome, fromCode, immediate, run, strict, valueOf, waitNow } from './awk-code';
import { AwkExpressionCompiler, STEPS_BETWEEN_WAITS } from './awk-expression-compiler';
import { formatAwk } from './awk-format';
import type { Statement } from './awk-node';
import { SLOTS } from './awk-runtime';
import { type Value, numberToText, toBoolean, toNumber } from './awk-value';

/** Turns the statements of a program into closures over its runtime. */
export class AwkCompiler extends AwkExpressionCompiler {
  private readonly bodies = new Map<string, Action>();

  protected bodyOf(name: string): Action {
    let body = this.bodies.get(name);
    if (body === undefined) {
      body = this.statement((this.program.functions.get(name) as { body: Statement }).body);
      this.bodies.set(name, body);
    }
    return body;
  }

  statement(node: Statement): Action {
    switch (node.kind) {
      case 'block':
        return this.block(node.body.map((each) => this.statement(each)));
      case 'expression':
        return fromCode(this.expression(node.value), () => 'normal');
      case 'print':
      case 'printf':
        return this.print(node);
      case 'if':
        return this.ifStatement(node);
      case 'loop':
        return this.loop(node);
      case 'forIn':
        return this.forIn(node);
      case 'break':
      case 'continue':
      case 'next':
      case 'nextfile': {
        const { kind } = node;
        return { now: () => kind, wait: waitNow(() => kind) };
      }
      case 'exit':
        if (node.value === undefined) return { now: () => 'exit', wait: waitNow(() => 'exit') };
        return fromCode(this.expression(node.value), (value) => {
          this.exitCode = Math.trunc(toNumber(value)) & 0xff;
          return 'exit';
        });
      case 'return':
        return fromCode(node.value === undefined ? immediate(() => undefined) : this.expression(node.value), (value) => {
          this.returned = value;
          return 'return';
        });
      case 'delete': {
        const array = this.arrayOf(node.array);
        if (node.subscripts === undefined) return fromCode(immediate(() => undefined), () => (array().entries.clear(), 'normal'));
        return fromCode(this.subscript(node.subscripts), (key) => (array().entries.delete(key as string), 'normal'));
      }
    }
  }

  private block(actions: readonly Action[]): Action {
    const immediateActions = actions.map((action) => action.now);
    if (immediateActions.every((now) => now !== undefined)) {
      const list = immediateActions as (() => Outcome)[];
      const now = (): Outcome => {
        for (const action of list) {
          const outcome = action();
          if (outcome !== 'normal') return outcome;
        }
        return 'normal';
      };
      return { now, wait: waitNow(now) };
    }
    return {
      now: undefined,
      *wait() {
        for (const action of actions) {
          const outcome = yield* run(action);
          if (outcome !== 'normal') return outcome;
        }
        return 'normal';
      },
    };
  }

  private print(node: Extract<Statement, { kind: 'print' | 'printf' }>): Action {
    const { runtime } = this;
    const codes = node.args.map((each) => this.expression(each));
    const { to } = node;
    const target = to === undefined ? undefined : this.expression(to.target);
    const count = codes.length;
    const textOf = (values: readonly Value[]): string => {
      if (node.kind === 'printf') return formatAwk(runtime, values);
      if (count === 0) return runtime.toText(runtime.getField(0)) + runtime.text(SLOTS.ORS);
      const shown = values.map((value) => (typeof value === 'number' ? numberToText(value, runtime.text(SLOTS.OFMT)) : runtime.toText(value)));
      return (shown.length === 1 ? (shown[0] as string) : shown.join(runtime.text(SLOTS.OFS))) + runtime.text(SLOTS.ORS);
    };
    const code = strict(target === undefined ? codes : [...codes, target], (...values) => {
      if (to === undefined) runtime.print(textOf(values));
      else {
        const text = textOf(values.slice(0, count));
        runtime.printTo(to.kind, runtime.toText(values[count]), text);
      }
      return undefined;
    });
    return fromCode(code, () => 'normal');
  }

  private ifStatement(node: Extract<Statement, { kind: 'if' }>): Action {
    const test = this.expression(node.test);
    const yes = this.statement(node.yes);
    const no: Action = node.no === undefined ? { now: () => 'normal', wait: waitNow(() => 'normal') } : this.statement(node.no);
    const { now: condition } = test;
    const { now: first } = yes;
    const { now: second } = no;
    if (condition !== undefined && first !== undefined && second !== undefined) {
      const now = (): Outcome => (toBoolean(condition()) ? first() : second());
      return { now, wait: waitNow(now) };
    }
    return {
      now: undefined,
      *wait() {
        return yield* run(toBoolean(yield* valueOf(test)) ? yes : no);
      },
    };
  }

  private loop(node: Extract<Statement, { kind: 'loop' }>): Action {
    const start = node.start === undefined ? undefined : this.statement(node.start);
    const test = node.test === undefined ? immediate(() => 1) : this.expression(node.test);
    const step = node.step === undefined ? undefined : this.statement(node.step);
    const body = this.statement(node.body);
    const self = this;
    return {
      now: undefined,
      *wait() {
        if (start !== undefined) yield* run(start);
        for (let first = !node.testFirst; ; first = false) {
          if (!first && !toBoolean(test.now === undefined ? yield* test.wait() : test.now())) return 'normal';
          const outcome = body.now === undefined ? yield* body.wait() : body.now();
          if (outcome === 'break') return 'normal';
          if (outcome !== 'normal' && outcome !== 'continue') return outcome;
          if (step?.now !== undefined) step.now();
          else if (step !== undefined) yield* step.wait();
          if (++self.steps > STEPS_BETWEEN_WAITS) yield* self.pause();
        }
      },
    };
  }

  private forIn(node: Extract<Statement, { kind: 'forIn' }>): Action {
    const array = this.arrayOf(node.array);
    const store = this.store(node.variable);
    const key = this.keyOf(node.variable);
    const body = this.statement(node.body);
    const self = this;
    return {
      now: undefined,
      *wait() {
        for (const each of array().keys()) {
          store(each, key === undefined ? undefined : yield* valueOf(key));
          const outcome = yield* run(body);
          if (outcome === 'break') return 'normal';
          if (outcome !== 'normal' && outcome !== 'continue') return outcome;
          if (++self.steps > STEPS_BETWEEN_WAITS) yield* self.pause();
        }
        return 'normal';
      },
    };
  }
}

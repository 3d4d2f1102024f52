import type { ArithmeticFor, Case, CompoundList, For, If, Select, While, Word } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { COSTS } from '../../os/costs';
import { Pattern } from '../expand/pattern';
import { expandArithmetic, expandPattern, expandToString, reporting } from '../expand/text';
import { expandWords } from '../expand/words';
import { ReadonlyError, assignVariable } from '../variables/assign';
import { readLine } from '../builtins/line-reader';
import { AbortCommand, BreakLoop, ContinueLoop } from './control-flow';
import type { Shell } from './shell';
import { traceLine } from './xtrace';

const IDENTIFIER = /^[A-Za-z_]\w*$/;

export function* runIf(shell: Shell, node: If): Op<number> {
  if ((yield* condition(shell, node.clause)) === 0) return yield* shell.interpreter.runList(shell, node.then);
  for (const elif of node.elif) if ((yield* condition(shell, elif.clause)) === 0) return yield* shell.interpreter.runList(shell, elif.then);
  return node.else === undefined ? 0 : yield* shell.interpreter.runList(shell, node.else);
}

/** A command whose failure only decides: it does not end the shell. */
function* condition(shell: Shell, list: CompoundList): Op<number> {
  shell.errexitSuppressed += 1;
  try {
    return yield* shell.interpreter.runList(shell, list);
  } finally {
    shell.errexitSuppressed -= 1;
  }
}

/** Runs a loop's body once. `stop` when a `break` ends the loop. */
function* iterate(shell: Shell, body: CompoundList): Op<{ status: number; stop: boolean }> {
  try {
    return { status: yield* shell.interpreter.runList(shell, body), stop: false };
  } catch (error) {
    if (error instanceof BreakLoop) {
      if (error.levels > 1 && shell.loopDepth > 1) throw new BreakLoop(error.levels - 1, error.status);
      return { status: error.status, stop: true };
    }
    if (error instanceof ContinueLoop) {
      if (error.levels > 1 && shell.loopDepth > 1) throw new ContinueLoop(error.levels - 1);
      return { status: 0, stop: false };
    }
    throw error;
  }
}

function* loop(shell: Shell, body: () => Op<number>): Op<number> {
  shell.loopDepth += 1;
  try {
    return yield* body();
  } finally {
    shell.loopDepth -= 1;
  }
}

export function runWhile(shell: Shell, node: While): Op<number> {
  return loop(shell, function* () {
    let status = 0;
    for (;;) {
      yield* shell.process.spend(COSTS.shellStepUs);
      let test: number;
      try {
        test = yield* condition(shell, node.clause);
      } catch (error) {
        if (error instanceof BreakLoop && error.levels <= 1) return 0;
        if (error instanceof ContinueLoop && error.levels <= 1) continue;
        throw error;
      }
      if ((test === 0) !== (node.kind === 'while')) return status;
      const round = yield* iterate(shell, node.body);
      status = round.status;
      if (round.stop) return status;
    }
  });
}

export function* runFor(shell: Shell, node: For): Op<number> {
  shell.position = node.pos;
  yield* checkName(shell, node.name);
  const words = yield* loopWords(shell, node.wordlist);
  return yield* loop(shell, function* () {
    let status = 0;
    for (const word of words) {
      yield* shell.process.spend(COSTS.shellStepUs);
      if (shell.options.has('xtrace')) yield* traceLine(shell, `for ${node.name.text} in ${words.map(quoteWord).join(' ')}`);
      if (!(yield* assigned(shell, node.name.text, word))) return 1;
      const round = yield* iterate(shell, node.body);
      status = round.status;
      if (round.stop) break;
    }
    return status;
  });
}

function quoteWord(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word}'`;
}

/** Sets the loop's variable; false after a complaint. */
function* assigned(shell: Shell, name: string, value: string): Op<boolean> {
  try {
    assignVariable(shell, name, value);
    return true;
  } catch (error) {
    if (!(error instanceof ReadonlyError)) throw error;
    yield* shell.error(error.message);
    return false;
  }
}

function* checkName(shell: Shell, name: Word): Op<void> {
  if (IDENTIFIER.test(name.text)) return;
  yield* shell.error(`\`${name.text}': not a valid identifier`);
  throw new AbortCommand(1);
}

function* loopWords(shell: Shell, list: readonly Word[] | undefined): Op<readonly string[]> {
  if (list === undefined) return [...shell.positional];
  return yield* reporting(shell, expandWords(shell, list.map((word) => word.text)));
}

export function runArithmeticFor(shell: Shell, node: ArithmeticFor): Op<number> {
  const text = (part: { pos: number; end: number } | undefined): string => (part === undefined ? '' : shell.source.text.slice(part.pos, part.end));
  const [initialize, test, update] = [text(node.initialize), text(node.test), text(node.update)];
  shell.position = node.pos;
  return loop(shell, function* () {
    let status = 0;
    const evaluate = (expression: string): Op<bigint> => reporting(shell, expandArithmetic(shell, expression));
    yield* evaluate(initialize);
    for (;;) {
      yield* shell.process.spend(COSTS.shellStepUs);
      if (test !== '' && (yield* evaluate(test)) === 0n) return status;
      const round = yield* iterate(shell, node.body);
      status = round.status;
      if (round.stop) return status;
      yield* evaluate(update);
    }
  });
}

export function* runCase(shell: Shell, node: Case): Op<number> {
  shell.position = node.pos;
  return yield* reporting(shell, chooseCase(shell, node));
}

function* chooseCase(shell: Shell, node: Case): Op<number> {
  const word = yield* expandToString(shell, node.word.text);
  if (shell.options.has('xtrace')) yield* traceLine(shell, `case ${word} in`);
  let status = 0;
  let falls = false;
  for (const item of node.items) {
    if (!falls && !(yield* matchesAny(shell, item.pattern, word))) continue;
    status = item.body.commands.length === 0 ? 0 : yield* shell.interpreter.runList(shell, item.body);
    if (item.terminator === ';&') falls = true;
    else if (item.terminator === ';;&') falls = false;
    else return status;
  }
  return status;
}

function* matchesAny(shell: Shell, patterns: readonly Word[], word: string): Op<boolean> {
  for (const each of patterns) {
    const pattern = yield* expandPattern(shell, each.text);
    if (new Pattern(pattern, { extended: true, ignoreCase: shell.options.shopt('nocasematch') }).matches(word)) return true;
  }
  return false;
}

/** `select`: a numbered menu on standard error, and answers from standard input. */
export function* runSelect(shell: Shell, node: Select): Op<number> {
  shell.position = node.pos;
  yield* checkName(shell, node.name);
  const words = yield* loopWords(shell, node.wordlist);
  if (words.length === 0) return 0;
  return yield* loop(shell, function* () {
    let status = 0;
    let showMenu = true;
    for (;;) {
      if (showMenu) yield* shell.process.err(menu(shell, words));
      yield* shell.process.err(shell.variables.get('PS3') ?? '#? ');
      const line = yield* readLine(shell, 0);
      if (line.text === '' && line.ended) {
        yield* shell.process.out('\n');
        return 1;
      }
      showMenu = line.text === '';
      if (showMenu) continue;
      assignVariable(shell, 'REPLY', line.text);
      assignVariable(shell, node.name.text, words[Number(line.text.trim()) - 1] ?? '');
      const round = yield* iterate(shell, node.body);
      status = round.status;
      if (round.stop) return status;
    }
  });
}

/** The menu in columns, as wide as the terminal. */
function menu(shell: Shell, words: readonly string[]): string {
  const width = Number(shell.variables.get('COLUMNS') ?? 80);
  const digits = String(words.length).length;
  const longest = Math.max(...words.map((word) => word.length)) + digits + 2;
  const columns = Math.max(1, Math.floor(width / (longest + 2)));
  let rows = Math.ceil(words.length / columns);
  if (rows === 1 || words.length <= rows) rows = words.length;
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    let line = '';
    for (let at = row; at < words.length; at += rows) {
      const item = `${String(at + 1).padStart(digits)}) ${words[at] as string}`;
      line += at + rows < words.length ? item.padEnd(longest + 2) : item;
    }
    lines.push(`${line}\n`);
  }
  return lines.join('');
}

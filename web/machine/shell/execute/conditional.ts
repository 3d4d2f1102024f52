import type { TestBinaryExpression, TestCommand, TestExpression } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { COSTS } from '../../os/costs';
import { ArithmeticError } from '../expand/arithmetic-error';
import { Pattern } from '../expand/pattern';
import { posixRegex } from '../expand/posix-regex';
import { expandArithmetic, expandPattern, expandPieces, expandToString, reporting } from '../expand/text';
import { IndexedArray } from '../variables/arrays';
import type { Shell } from './shell';
import { NUMBER_TESTS, TEXT_TESTS, UNARY_TESTS } from './test-primaries';
import { traceLine, traceQuote } from './xtrace';

/** `=~` with a right side that is no regular expression: status 2. */
class BadRegex {}

/** An operand that should be a number; its message was printed: status 1. */
class NotNumber {}

/** `[[ ... ]]`. */
export function* runConditional(shell: Shell, node: TestCommand): Op<number> {
  shell.position = node.pos;
  yield* shell.process.spend(COSTS.shellStepUs);
  try {
    return (yield* reporting(shell, evaluate(shell, node.expression))) ? 0 : 1;
  } catch (error) {
    if (error instanceof BadRegex) return 2;
    if (error instanceof NotNumber) return 1;
    throw error;
  }
}

function* evaluate(shell: Shell, node: TestExpression): Op<boolean> {
  switch (node.type) {
    case 'TestGroup':
      return yield* evaluate(shell, node.expression);
    case 'TestNot':
      return (yield* evaluate(shell, node.operand)) !== (node.negations.length % 2 === 1);
    case 'TestLogical': {
      const stopAt = node.operator === '||';
      for (const operand of node.operands) if ((yield* evaluate(shell, operand)) === stopAt) return stopAt;
      return !stopAt;
    }
    case 'TestUnary': {
      const test = UNARY_TESTS[node.operator];
      const operand = yield* expandToString(shell, node.operand.text);
      if (shell.options.has('xtrace')) yield* traceLine(shell, `[[ ${node.operator} ${traceQuote(operand)} ]]`);
      return test === undefined ? operand !== '' : test(shell, operand);
    }
    case 'TestBinary':
      return yield* binary(shell, node);
  }
}

function* binary(shell: Shell, node: TestBinaryExpression): Op<boolean> {
  const { operator } = node;
  const number = NUMBER_TESTS[operator];
  const left = yield* expandToString(shell, node.left.text);
  if (shell.options.has('xtrace')) {
    yield* traceLine(shell, `[[ ${traceQuote(left)} ${operator} ${traceQuote(yield* expandPattern(shell, node.right.text))} ]]`);
  }
  if (number !== undefined) return number(yield* numberOf(shell, left), yield* numberOf(shell, node.right.text));
  if (operator === '=~') return yield* matchRegex(shell, left, node.right.text);
  if (operator === '=' || operator === '==' || operator === '!=') {
    const pattern = new Pattern(yield* expandPattern(shell, node.right.text), {
      extended: true,
      ignoreCase: shell.options.shopt('nocasematch'),
    });
    return pattern.matches(left) === (operator !== '!=');
  }
  return TEXT_TESTS[operator]?.(shell, left, yield* expandToString(shell, node.right.text)) ?? false;
}

/** An operand of `-eq` and its kin is an expression. */
function* numberOf(shell: Shell, text: string): Op<bigint> {
  try {
    return yield* expandArithmetic(shell, text);
  } catch (error) {
    if (!(error instanceof ArithmeticError)) throw error;
    yield* shell.error(`[[: ${error.message}`);
    throw new NotNumber();
  }
}

function* matchRegex(shell: Shell, text: string, source: string): Op<boolean> {
  const pieces = yield* expandPieces(shell, source);
  const pattern = pieces.map((piece) => (piece.quoted ? piece.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : piece.text)).join('');
  const regex = posixRegex(pattern, shell.options.shopt('nocasematch'));
  if (regex === undefined) throw new BadRegex();
  const match = regex.exec(text);
  const groups = match === null ? [] : [...match].map((group) => group ?? '');
  const variable = shell.variables.global('BASH_REMATCH');
  variable.value = undefined;
  variable.array = IndexedArray.of(groups);
  return match !== null;
}

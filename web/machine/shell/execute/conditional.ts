import type { TestBinaryExpression, TestCommand, TestExpression } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { COSTS } from '../../os/costs';
import { Pattern } from '../expand/pattern';
import { posixRegex } from '../expand/posix-regex';
import { expandArithmetic, expandPattern, expandPieces, expandToString, reporting } from '../expand/text';
import { IndexedArray } from '../variables/arrays';
import type { Shell } from './shell';
import { NUMBER_TESTS, TEXT_TESTS, UNARY_TESTS } from './test-primaries';

/** `=~` with a right side that is no regular expression: status 2. */
class BadRegex {}

/** `[[ ... ]]`. */
export function* runConditional(shell: Shell, node: TestCommand): Op<number> {
  shell.position = node.pos;
  yield* shell.process.spend(COSTS.shellStepUs);
  try {
    return (yield* reporting(shell, evaluate(shell, node.expression))) ? 0 : 1;
  } catch (error) {
    if (error instanceof BadRegex) return 2;
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
      return test === undefined ? operand !== '' : test(shell, operand);
    }
    case 'TestBinary':
      return yield* binary(shell, node);
  }
}

function* binary(shell: Shell, node: TestBinaryExpression): Op<boolean> {
  const { operator } = node;
  const number = NUMBER_TESTS[operator];
  if (number !== undefined) return number(yield* expandArithmetic(shell, node.left.text), yield* expandArithmetic(shell, node.right.text));
  const left = yield* expandToString(shell, node.left.text);
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

import { evaluateArithmetic } from '../expand/arithmetic';
import { ArithmeticError } from '../expand/arithmetic-error';
import { ShellArithmetic } from '../variables/assign';
import type { BuiltinTable } from './builtin';

export const LET: BuiltinTable = {
  *let(call) {
    if (call.args.length === 0) return yield* call.fail('expression expected');
    let value = 0n;
    for (const text of call.args) {
      try {
        value = evaluateArithmetic(text, new ShellArithmetic(call.shell));
      } catch (error) {
        if (error instanceof ArithmeticError) return yield* call.fail(error.message);
        throw error;
      }
    }
    return value === 0n ? 1 : 0;
  },
};

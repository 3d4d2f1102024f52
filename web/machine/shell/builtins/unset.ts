import { AssociativeArray, IndexedArray } from '../variables/arrays';
import { elementIndex } from '../variables/assign';
import type { BuiltinTable } from './builtin';

const NAME = /^[A-Za-z_]\w*$/;

export const UNSET: BuiltinTable = {
  *unset(call) {
    const parsed = yield* call.options('fvn');
    if (parsed === undefined) return 2;
    const { shell } = call;
    let status = 0;
    for (const arg of parsed.rest) {
      const element = /^([A-Za-z_]\w*)\[([\s\S]+)\]$/.exec(arg);
      const given = element?.[1] ?? arg;
      const name = parsed.flags.has('n') ? given : shell.variables.target(given);
      const variable = shell.variables.lookUp(name);
      if (parsed.flags.has('f')) shell.functions.delete(arg);
      else if (!NAME.test(given) && !parsed.flags.has('v')) shell.functions.delete(arg);
      else if (!NAME.test(given)) status = yield* call.fail(`\`${arg}': not a valid identifier`);
      else if (variable?.readonly === true) status = yield* call.fail(`${name}: cannot unset: readonly variable`);
      else if (element !== null) {
        const key = element[2] as string;
        if (variable?.array instanceof AssociativeArray) variable.array.delete(key);
        else if (variable?.array instanceof IndexedArray) {
          if (key === '@' || key === '*') shell.variables.unset(name);
          else variable.array.delete(elementIndex(shell, variable.array, name, key));
        } else if (key === '0') shell.variables.unset(name);
        else status = yield* call.fail(`${given}: not an array variable`);
      } else if (variable !== undefined || shell.variables.dynamic.has(name)) shell.variables.unset(name);
      else if (!parsed.flags.has('v')) shell.functions.delete(name);
    }
    return status;
  },
};

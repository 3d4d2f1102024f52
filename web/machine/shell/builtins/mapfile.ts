import type { Op } from '../../../engine/kernel/task';
import { encodeBytes } from '../byte-text';
import { IndexedArray } from '../variables/arrays';
import { toIndexed } from '../variables/variable';
import type { BuiltinCall, BuiltinTable } from './builtin';
import { readLine } from './line-reader';

function* mapfile(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('d:n:O:s:tu:C:c:');
  if (parsed === undefined) return 2;
  const { flags, rest } = parsed;
  const { shell } = call;
  const name = rest[0] ?? 'MAPFILE';
  const delimiter = flags.get('d') ?? '\n';
  const variable = shell.variables.lookUp(name) ?? shell.variables.create(name);
  if (!flags.has('O')) {
    variable.value = undefined;
    variable.array = new IndexedArray();
  }
  const array = toIndexed(variable);
  const max = Number(flags.get('n') ?? 0) || Infinity;
  let index = Number(flags.get('O') ?? 0);
  let skip = Number(flags.get('s') ?? 0);
  for (let count = 0; count < max; ) {
    const line = yield* readLine(shell, Number(flags.get('u') ?? 0), { delimiter: delimiter === '' ? 0 : (encodeBytes(delimiter)[0] as number) });
    if (line.ended && line.text === '') break;
    if (skip > 0) skip -= 1;
    else {
      array.set(index++, line.ended || flags.has('t') ? line.text : line.text + delimiter);
      count += 1;
    }
    if (line.ended) break;
  }
  return 0;
}

export const MAPFILE: BuiltinTable = { mapfile, readarray: mapfile };

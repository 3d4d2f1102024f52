import type { Op } from '../../../engine/kernel/task';
import type { BuiltinCall, BuiltinTable } from './builtin';

function* getopts(call: BuiltinCall): Op<number> {
  const { shell } = call;
  const args = call.args[0] === '--' ? call.args.slice(1) : call.args;
  const [spec, name] = args;
  if (spec === undefined || name === undefined) return yield* call.usage();
  const words = args.length > 2 ? args.slice(2) : shell.positional;
  const silent = spec.startsWith(':');
  const letters = silent ? spec.slice(1) : spec;
  const state = shell.getopts;
  const asked = Number(shell.variables.get('OPTIND') ?? 1);
  if (asked !== state.index) Object.assign(state, { index: asked, offset: 0 });
  const finish = (letter: string, argument: string | undefined): void => {
    shell.variables.set('OPTIND', String(state.index));
    shell.variables.set(name, letter);
    if (argument === undefined) shell.variables.unset('OPTARG');
    else shell.variables.set('OPTARG', argument);
  };
  const word = words[state.index - 1];
  if (state.offset === 0 && (word === undefined || !/^-./.test(word) || word === '--')) {
    if (word === '--') state.index += 1;
    finish('?', undefined);
    return 1;
  }
  const at = state.offset === 0 ? 1 : state.offset;
  const letter = (word as string)[at] as string;
  const last = at === (word as string).length - 1;
  const place = letter === ':' ? -1 : letters.indexOf(letter);
  const advance = (): void => Object.assign(state, last ? { index: state.index + 1, offset: 0 } : { offset: at + 1 }) as never;
  if (place < 0) {
    advance();
    finish('?', silent ? letter : undefined);
    if (!silent && shell.variables.get('OPTERR') !== '0') yield* shell.process.err(`${shell.name}: illegal option -- ${letter}\n`);
    return 0;
  }
  if (letters[place + 1] !== ':') {
    advance();
    finish(letter, undefined);
    return 0;
  }
  const argument = last ? words[state.index] : (word as string).slice(at + 1);
  state.index += last ? 2 : 1;
  state.offset = 0;
  if (argument !== undefined) {
    finish(letter, argument);
    return 0;
  }
  state.index = words.length + 1;
  finish(silent ? ':' : '?', silent ? letter : undefined);
  if (!silent && shell.variables.get('OPTERR') !== '0') yield* shell.process.err(`${shell.name}: option requires an argument -- ${letter}\n`);
  return 0;
}

export const GETOPTS: BuiltinTable = { getopts };

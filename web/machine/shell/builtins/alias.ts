import { singleQuote } from '../expand/quoting';
import type { BuiltinTable } from './builtin';

export const ALIAS: BuiltinTable = {
  *alias(call) {
    const { aliases } = call.shell;
    const args = call.args[0] === '-p' ? call.args.slice(1) : call.args;
    if (args.length === 0) {
      yield* call.out([...aliases].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `alias ${name}=${singleQuote(value)}\n`).join(''));
    }
    let status = 0;
    for (const arg of args) {
      const at = arg.indexOf('=', 1);
      const name = at < 0 ? arg : arg.slice(0, at);
      if (at >= 0 && /[\s/$`=|&;()<>'"\\]/.test(name)) status = yield* call.fail(`\`${name}': invalid alias name`);
      else if (at >= 0) aliases.set(name, arg.slice(at + 1));
      else if (aliases.has(name)) yield* call.out(`alias ${name}=${singleQuote(aliases.get(name) as string)}\n`);
      else status = yield* call.fail(`${name}: not found`);
    }
    return status;
  },
  *unalias(call) {
    const parsed = yield* call.options('a');
    if (parsed === undefined) return 2;
    if (parsed.flags.has('a')) {
      call.shell.aliases.clear();
      return 0;
    }
    if (parsed.rest.length === 0) return yield* call.usage();
    let status = 0;
    for (const name of parsed.rest) if (!call.shell.aliases.delete(name)) status = yield* call.fail(`${name}: not found`);
    return status;
  },
};

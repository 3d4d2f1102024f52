import type { BuiltinTable } from './builtin';
import { USAGES } from './usages';

export const HELP: BuiltinTable = {
  /** Simplified: the synopses only. */
  *help(call) {
    const parsed = yield* call.options('dms');
    if (parsed === undefined) return 2;
    const names = parsed.rest.length === 0 ? Object.keys(USAGES).sort() : parsed.rest;
    let status = 0;
    for (const name of names) {
      const usage = Object.hasOwn(USAGES, name) ? USAGES[name] : undefined;
      if (usage === undefined) status = yield* call.fail(`no help topics match \`${name}'.  Try \`help help' or \`man -k ${name}' or \`info ${name}'.`);
      else yield* call.out(`${name}: ${usage}\n`);
    }
    return status;
  },
  *bind() {
    return 0;
  },
};

import type { BuiltinTable } from './builtin';

export const CALLER: BuiltinTable = {
  *caller(call) {
    const { frames } = call.shell;
    const [depth] = call.args;
    if (frames.length === 0) return 1;
    const index = frames.length - 1 - Number(depth ?? 0);
    const frame = frames[index];
    if (frame === undefined) return 1;
    const above = frames[index - 1];
    if (depth !== undefined && above === undefined && !call.shell.isScript) return 1;
    const source = above?.sourceName ?? (call.shell.options.invocationFlags.includes('c') ? 'NULL' : call.shell.name);
    yield* call.out(depth === undefined ? `${frame.callLine} ${source}\n` : `${frame.callLine} ${above?.name ?? 'main'} ${source}\n`);
    return 0;
  },
};

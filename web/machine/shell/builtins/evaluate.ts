import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import { concatBytes } from '../../os/text';
import { decodeBytes } from '../byte-text';
import { ExitShell, ReturnFrom } from '../execute/control-flow';
import { searchPath } from '../execute/command-search';
import { runExternal } from '../execute/external-command';
import { runPseudoTrap } from '../execute/trap-runner';
import type { BuiltinCall, BuiltinTable } from './builtin';

const BINARY_CHECK_BYTES = 80;

function* source(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('');
  if (parsed === undefined) return 2;
  const [name, ...args] = parsed.rest;
  const { shell } = call;
  if (name === undefined) {
    yield* call.fail('filename argument required');
    return yield* call.usage();
  }
  const found = name.includes('/') ? name : searchPath(shell, name, shell.variables.get('PATH') ?? '') ?? name;
  let text: string;
  try {
    text = decodeBytes(yield* readAll(call, found));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'EISDIR') return yield* call.fail(`${name}: is a directory`);
    yield* shell.error(`${name}: ${error.message}`);
    return 1;
  }
  if (text.slice(0, BINARY_CHECK_BYTES).includes('\0')) {
    yield* shell.error(`${found}: cannot execute binary file`);
    return 126;
  }
  return yield* runSourced(call, { text, path: found, args });
}

function* readAll(call: BuiltinCall, path: string): Op<Uint8Array> {
  const { process } = call.shell;
  if (process.files.stat(path).kind !== 'device') return process.files.readFile(path);
  const file = process.files.open(path, { read: true });
  const chunks: Uint8Array[] = [];
  for (;;) {
    const bytes = file.tryRead(65536, process) ?? (yield* file.read(65536, process));
    if (bytes === null) break;
    chunks.push(bytes);
  }
  file.release();
  return concatBytes(chunks);
}

function* runSourced(call: BuiltinCall, file: { text: string; path: string; args: readonly string[] }): Op<number> {
  const { shell } = call;
  const { positional, sourceName } = shell;
  shell.frames.push({ name: 'source', sourceName: file.path, callLine: shell.line });
  shell.sourceName = file.path;
  if (file.args.length > 0) shell.positional = [...file.args];
  try {
    const status = yield* returning(shell.interpreter.runText(shell, file.text, file.path));
    shell.lastStatus = status;
    yield* runPseudoTrap(shell, 'RETURN');
    return status;
  } finally {
    shell.frames.pop();
    shell.sourceName = sourceName;
    if (file.args.length > 0) shell.positional = positional;
  }
}

/** `return` ends a sourced file. */
function* returning(body: Op<number>): Op<number> {
  try {
    return yield* body;
  } catch (error) {
    if (error instanceof ReturnFrom) return error.status;
    throw error;
  }
}

function* exec(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('cla:');
  if (parsed === undefined) return 2;
  const { shell } = call;
  if (parsed.rest.length === 0) return 0;
  const name = parsed.flags.get('a') ?? (parsed.rest[0] as string);
  const env = new Map(parsed.flags.has('c') ? [] : shell.environment());
  if (env.has('SHLVL')) env.set('SHLVL', String(Number(env.get('SHLVL')) - 1));
  const status = yield* runExternal(shell, parsed.rest, {
    exec: true,
    argv0: parsed.flags.has('l') ? `-${name}` : name,
    env,
    asBuiltin: true,
  });
  if (shell.interactive || shell.options.shopt('execfail')) return status;
  throw new ExitShell(status);
}

export const EVALUATE: BuiltinTable = {
  source,
  '.': source,
  exec,
  *eval(call) {
    const args = call.args[0] === '--' ? call.args.slice(1) : call.args;
    const text = args.join(' ');
    if (text.trim() === '') return 0;
    return yield* call.shell.interpreter.runText(call.shell, text, 'eval', call.shell.line);
  },
};

import type { Machine } from '../../os/machine';
import type { OpenFile } from '../../os/open-file';
import { makePipe } from '../../os/pipe';
import { exitCodeOf } from '../../os/exit-status';
import type { Process } from '../../os/process';
import { program, runProgram } from '../../os/testing';
import { COREUTILS } from './programs';

/** What a command line printed. */
export interface LineResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly rc: number;
}

type Token = { readonly word: string } | { readonly operator: string };

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', e: '\x1b', a: '\x07' };

/** Splits a line into words and operators: quotes, `$'...'`, `|`, `;`, `<`, `>`, `>>`. */
function tokenise(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const operator = /^(?:>>|[|;<>])/.exec(line.slice(at));
    if (/\s/.test(line[at] as string)) at += 1;
    else if (operator !== null) {
      tokens.push({ operator: operator[0] });
      at += operator[0].length;
    } else {
      let word = '';
      while (at < line.length && !/[\s|;<>]/.test(line[at] as string)) {
        const rest = line.slice(at);
        const quoted = /^'([^']*)'/.exec(rest) ?? /^"((?:[^"\\]|\\.)*)"/.exec(rest) ?? /^\$'((?:[^'\\]|\\.)*)'/.exec(rest);
        if (quoted === null) {
          const escaped = rest.startsWith('\\');
          word += escaped ? (rest[1] ?? '') : rest[0];
          at += escaped ? 2 : 1;
          continue;
        }
        const body = quoted[1] as string;
        if (rest.startsWith('"')) word += body.replace(/\\(["\\$`])/g, '$1');
        else if (rest.startsWith('$')) word += body.replace(/\\(.)/g, (_, letter: string) => SIMPLE_ESCAPES[letter] ?? `\\${letter}`);
        else word += body;
        at += quoted[0].length;
      }
      tokens.push({ word });
    }
  }
  return tokens;
}

function split(tokens: readonly Token[], operator: string): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if ('operator' in token && token.operator === operator) parts.push([]);
    else (parts.at(-1) as Token[]).push(token);
  }
  return parts;
}

/**
 * Runs a line of simple commands, pipes and redirections, each command to its end before the next: enough shell for the tests of these programs.
 * `$?` is the last exit code.
 */
export function runLine(machine: Machine, line: string): LineResult {
  let stdout = '';
  let stderr = '';
  let rc = 0;
  for (const command of split(tokenise(line), ';')) {
    if (command.length === 0) continue;
    const result = runPipeline(machine, split(command, '|'), rc);
    stdout += result.stdout;
    stderr += result.stderr;
    rc = result.rc;
  }
  return { stdout, stderr, rc };
}

interface Stage {
  readonly argv: readonly string[];
  readonly input: string | undefined;
  readonly output: { readonly name: string; readonly append: boolean } | undefined;
}

function readStage(tokens: readonly Token[], lastCode: number): Stage {
  const argv: string[] = [];
  let input: string | undefined;
  let output: Stage['output'];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if ('word' in token) {
      argv.push(token.word.replaceAll('$?', String(lastCode)));
      continue;
    }
    const name = (tokens[++i] as { word: string }).word;
    if (token.operator === '<') input = name;
    else output = { name, append: token.operator === '>>' };
  }
  return { argv, input, output };
}

function runPipeline(machine: Machine, commands: readonly (readonly Token[])[], lastCode: number): LineResult {
  const stages = commands.map((tokens) => readStage(tokens, lastCode));
  const shell = program('shell', function* (process) {
    const children: Process[] = [];
    let input: OpenFile = process.descriptor(0).retain();
    for (const [i, stage] of stages.entries()) {
      const pipe = i < stages.length - 1 ? makePipe() : undefined;
      const fds = new Map<number, OpenFile>([[0, input], [1, pipe?.writer ?? process.descriptor(1).retain()], [2, process.descriptor(2)]]);
      const replace = (fd: number, file: OpenFile): void => {
        fds.get(fd)?.release();
        fds.set(fd, file);
      };
      if (stage.input !== undefined) replace(0, process.files.open(stage.input, { read: true }));
      if (stage.output !== undefined) {
        const { name, append } = stage.output;
        replace(1, process.files.open(name, { write: true, create: true, append, truncate: !append }));
      }
      const found = COREUTILS.find((each) => each.name === stage.argv[0]);
      if (found === undefined) throw new Error(`no program ${stage.argv[0]}`);
      children.push(process.spawn({ program: found, argv: stage.argv, fds }));
      fds.get(0)?.release();
      fds.get(1)?.release();
      input = pipe?.reader ?? input;
    }
    let code = 0;
    for (const child of children) code = exitCodeOf(yield* process.waitFor(child));
    return code;
  });
  const result = runProgram(machine, shell, ['shell']);
  if (result.status === undefined) throw new Error(`${stages.map((stage) => stage.argv.join(' ')).join(' | ')} did not end`);
  return { stdout: result.stdout, stderr: result.stderr, rc: exitCodeOf(result.status) };
}

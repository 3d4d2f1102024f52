/** One line of a tape. */
export type TapeStep = { readonly line: number } & (
  | { readonly kind: 'keys'; readonly keys: string; readonly delayMs: number | null }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'wait'; readonly scope: 'any' | 'line'; readonly pattern: string; readonly timeoutMs: number }
  | { readonly kind: 'screenshot'; readonly path: string }
  | { readonly kind: 'terminal'; readonly terminal: number }
  | { readonly kind: 'lab'; readonly labId: string }
  | { readonly kind: 'check'; readonly step: number }
  | { readonly kind: 'fault'; readonly name: string; readonly args: readonly string[] }
);

/** A line of a tape that says nothing we know. */
export class TapeError extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

const KEYS: Readonly<Record<string, string>> = {
  Enter: '\r',
  Tab: '\t',
  Space: ' ',
  Backspace: '\x7f',
  Delete: '\x1b[3~',
  Escape: '\x1b',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
};

/** Words of VHS that change only how a recording looks. */
const IGNORED = new Set(['Set', 'Output', 'Hide', 'Show', 'Require', 'Env']);
const DEFAULT_WAIT_MS = 60_000;

type Reader = (rest: string, line: number, option: string) => TapeStep;

const READERS: Readonly<Record<string, Reader>> = {
  Type: (rest, line, option) => ({ kind: 'keys', keys: quoted(rest, line), delayMs: option === '' ? null : milliseconds(option, line), line }),
  Sleep: (rest, line) => ({ kind: 'sleep', ms: milliseconds(rest, line), line }),
  Wait: readWait,
  Screenshot: (rest, line) => ({ kind: 'screenshot', path: rest, line }),
  Terminal: (rest, line) => ({ kind: 'terminal', terminal: numberFrom(rest, line, 1, 4), line }),
  Lab: (rest, line) => ({ kind: 'lab', labId: rest, line }),
  Check: (rest, line) => ({ kind: 'check', step: numberFrom(rest, line, 1, 99), line }),
  Fault(rest, line) {
    const [name = '', ...args] = rest.split(/\s+/);
    return { kind: 'fault', name, args, line };
  },
};

/**
 * Reads a tape: the language of VHS with `Terminal N`, `Lab id`, `Check N` and `Fault name args` added.
 * Errors: TapeError with the line.
 */
export function parseTape(text: string): TapeStep[] {
  const steps: TapeStep[] = [];
  text.split('\n').forEach((raw, index) => {
    const source = raw.trim();
    if (source === '' || source.startsWith('#')) return;
    steps.push(...parseLine(source, index + 1));
  });
  return steps;
}

function parseLine(source: string, line: number): TapeStep[] {
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(source) as RegExpExecArray;
  const [name = '', option = ''] = word.split('@');
  const [base = ''] = name.split('+');
  if (IGNORED.has(base)) return [];
  const chord = chordKeys(name);
  if (chord !== undefined) return [{ kind: 'keys', keys: chord.repeat(rest === '' ? 1 : numberFrom(rest, line, 1, 9999)), delayMs: null, line }];
  const reader = READERS[base];
  if (reader === undefined) throw new TapeError(line, `unknown word ${word}`);
  return [reader(rest, line, base === 'Wait' ? word.slice(4) : option)];
}

/** `Enter`, `Ctrl+C`, `Alt+b`, `Ctrl+Right`; undefined when it is no key. */
function chordKeys(word: string): string | undefined {
  const plain = KEYS[word];
  if (plain !== undefined) return plain;
  const chord = /^(Ctrl|Alt|Shift)\+(.+)$/.exec(word);
  if (chord === null) return undefined;
  const key = chord[2] as string;
  if (chord[1] === 'Alt') return `\x1b${KEYS[key] ?? key}`;
  if (chord[1] === 'Shift') return key === 'Tab' ? '\x1b[Z' : key.toUpperCase();
  if (key === 'Left') return '\x1b[1;5D';
  if (key === 'Right') return '\x1b[1;5C';
  return key.length === 1 ? String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f) : undefined;
}

function readWait(rest: string, line: number, option: string): TapeStep {
  const [, scope = '', time = ''] = /^(?:\+(\w+))?(?:@(\S+))?$/.exec(option) ?? [];
  if (scope !== '' && scope !== 'Line' && scope !== 'Screen') throw new TapeError(line, `Wait+${scope} is not Wait+Line or Wait+Screen`);
  const pattern = /^\/(.*)\/$/.exec(rest)?.[1];
  if (pattern === undefined) throw new TapeError(line, 'Wait needs a pattern between slashes');
  const mistake = patternMistake(pattern);
  if (mistake !== undefined) throw new TapeError(line, mistake);
  return { kind: 'wait', scope: scope === 'Line' ? 'line' : 'any', pattern, timeoutMs: time === '' ? DEFAULT_WAIT_MS : milliseconds(time, line), line };
}

function patternMistake(pattern: string): string | undefined {
  try {
    return RegExp(pattern) instanceof RegExp ? undefined : 'no pattern';
  } catch (error) {
    return (error as Error).message;
  }
}

function quoted(rest: string, line: number): string {
  const match = /^(["'`])([\s\S]*)\1$/.exec(rest);
  if (match === null) throw new TapeError(line, 'Type needs a text between quotes');
  return match[2] as string;
}

function milliseconds(text: string, line: number): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text);
  if (match === null) throw new TapeError(line, `${text} is not a time such as 500ms or 2s`);
  const unit = match[2] === 'ms' ? 1 : match[2] === 'm' ? 60_000 : 1000;
  return Math.round(Number(match[1]) * unit);
}

function numberFrom(text: string, line: number, low: number, high: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < low || value > high) throw new TapeError(line, `${text || 'nothing'} is not a number from ${low} to ${high}`);
  return value;
}

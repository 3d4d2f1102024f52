import type { Program } from '../../os/program';
import { SIGNALS, type Signal, parseSignal, signalNumber } from '../../os/signals';

const NAMES = (Object.keys(SIGNALS) as Signal[]).map((name) => name.slice(3));

/** The external kill. */
export const kill: Program = {
  name: 'kill',
  *main(process) {
    const words = [...process.args];
    let signal: Signal = 'SIGTERM';
    const first = words[0];
    if (first === undefined) {
      yield* process.err('\nUsage:\n kill [options] <pid> [...]\n');
      return 1;
    }
    if (first === '-l' || first === '-L' || first === '--list') {
      const asked = words[1] === undefined ? undefined : parseSignal(words[1]);
      yield* process.out(asked === undefined ? `${NAMES.join(' ')}\n` : `${/^\d+$/.test(words[1] as string) ? asked.slice(3) : signalNumber(asked)}\n`);
      return 0;
    }
    const option = /^-(?:s|-signal=?)?(.+)?$/.exec(first);
    if (option !== null && first !== '--') {
      words.shift();
      const text = option[1] ?? words.shift() ?? '';
      const parsed = parseSignal(text);
      if (parsed === undefined) {
        yield* process.err(`kill: unknown signal name ${text}\n`);
        return 1;
      }
      signal = parsed;
    }
    if (words[0] === '--') words.shift();
    let status = 0;
    for (const word of words) status = (yield* send(process, word, signal)) ? status : 1;
    return status;
  },
  complete: ({ prefix }) => (prefix.startsWith('-') ? NAMES.map((name) => `-${name}`).filter((each) => each.startsWith(prefix)) : undefined),
};

function* send(process: Parameters<Program['main']>[0], word: string, signal: Signal) {
  if (!/^-?\d+$/.test(word)) {
    yield* process.err(`kill: failed to parse argument: '${word}'\n`);
    return false;
  }
  const pid = Number(word);
  const { machine } = process;
  const targets = [...machine.processes.values()].filter((each) => (pid < 0 ? each.pgid === -pid : each.pid === pid) && each.alive);
  if (targets.length === 0) {
    yield* process.err(`kill: (${word}): No such process\n`);
    return false;
  }
  const allowed = targets.filter((each) => process.uid === 0 || each.uid === process.uid);
  if (allowed.length === 0) {
    yield* process.err(`kill: (${word}): Operation not permitted\n`);
    return false;
  }
  for (const target of allowed) target.signal(signal);
  return true;
}

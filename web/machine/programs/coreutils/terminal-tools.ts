import type { Process } from '../../os/process';
import type { Program } from '../../os/program';
import type { Terminal, TerminalModes } from '../../os/terminal';

function terminalOf(process: Process): Terminal | undefined {
  return process.fds.get(1)?.terminal ?? process.fds.get(0)?.terminal ?? process.fds.get(2)?.terminal ?? process.terminal;
}

/** Clears the screen and what scrolled off it. */
export const clear: Program = {
  name: 'clear',
  *main(process) {
    if (!process.env.has('TERM')) {
      yield* process.err('TERM environment variable not set.\n');
      return 1;
    }
    yield* process.out('\x1b[H\x1b[2J\x1b[3J');
    return 0;
  },
};

/** Puts a terminal in order that a program left in disorder. */
export const reset: Program = {
  name: 'reset',
  *main(process) {
    terminalOf(process)?.setModes({ canonical: true, echo: true, signals: true, outputNewlines: true });
    yield* process.out('\x1bc\x1b[?1049l\x1b[?25h\x1b[0m');
    return 0;
  },
};

/** The name of the terminal. */
export const tty: Program = {
  name: 'tty',
  *main(process) {
    const terminal = process.fds.get(0)?.terminal;
    if (!process.args.includes('-s')) yield* process.out(terminal === undefined ? 'not a tty\n' : `${terminal.name}\n`);
    return terminal === undefined ? 1 : 0;
  },
};

const MODES: Readonly<Record<string, Partial<TerminalModes>>> = {
  echo: { echo: true }, '-echo': { echo: false }, icanon: { canonical: true }, '-icanon': { canonical: false }, isig: { signals: true }, '-isig': { signals: false },
  opost: { outputNewlines: true }, '-opost': { outputNewlines: false }, sane: { canonical: true, echo: true, signals: true, outputNewlines: true },
  raw: { canonical: false, signals: false, outputNewlines: false }, '-raw': { canonical: true, signals: true, outputNewlines: true }, cbreak: { canonical: false }, '-cbreak': { canonical: true },
  cooked: { canonical: true, signals: true, outputNewlines: true },
};

/** Shows and changes the terminal's modes. Simplified: those that exist here; speeds and special characters only show. */
export const stty: Program = {
  name: 'stty',
  *main(process) {
    const terminal = process.fds.get(0)?.terminal;
    if (terminal === undefined) {
      yield* process.err("stty: 'standard input': Inappropriate ioctl for device\n");
      return 1;
    }
    const { args } = process;
    const sign = (name: string, on: boolean): string => (on ? name : `-${name}`);
    const { modes } = terminal;
    if (args[0] === 'size') yield* process.out(`${terminal.rows} ${terminal.columns}\n`);
    else if (args.length === 0 || args[0] === '-a') {
      yield* process.out(`speed 38400 baud;${args[0] === '-a' ? ` rows ${terminal.rows}; columns ${terminal.columns};` : ''} line = 0;\n`);
      if (args[0] === '-a') {
        yield* process.out(
          'intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; start = ^Q; stop = ^S; susp = ^Z; rprnt = ^R; werase = ^W; lnext = ^V;\n' +
            `${sign('isig', modes.signals)} ${sign('icanon', modes.canonical)} ${sign('echo', modes.echo)} ${sign('opost', modes.outputNewlines)} ${sign('onlcr', modes.outputNewlines)}\n`,
        );
      }
    }
    for (const word of args) {
      if (word === '-a' || word === 'size' || /^(rows|cols|columns|\d+|-F|min|time|-?ixon|-?icrnl|-?onlcr|erase|intr|\^.)$/.test(word)) continue;
      const change = MODES[word];
      if (change === undefined) {
        yield* process.err(`stty: invalid argument '${word}'\nTry 'stty --help' for more information.\n`);
        return 1;
      }
      terminal.setModes(change);
    }
    return 0;
  },
};

const CAPABILITIES: Readonly<Record<string, string>> = {
  clear: '\x1b[H\x1b[2J', bold: '\x1b[1m', dim: '\x1b[2m', smul: '\x1b[4m', rmul: '\x1b[24m', rev: '\x1b[7m', smso: '\x1b[7m', rmso: '\x1b[27m', sgr0: '\x1b(B\x1b[m', el: '\x1b[K', ed: '\x1b[J',
  home: '\x1b[H', civis: '\x1b[?25l', cnorm: '\x1b[?25h', bel: '\x07', smcup: '\x1b[?1049h', rmcup: '\x1b[?1049l', sc: '\x1b7', rc: '\x1b8', cr: '\r', op: '\x1b[39;49m',
};

/** Sequences of the terminal. */
export const tput: Program = {
  name: 'tput',
  *main(process) {
    const [name, ...numbers] = process.args;
    const [a = '0', b = '0'] = numbers;
    const terminal = terminalOf(process);
    if (name === undefined) {
      yield* process.err('usage: tput [-V] [-S] [-x] [-T term] capname\n');
      return 2;
    }
    if (name === 'cols') yield* process.out(`${terminal?.columns ?? 80}\n`);
    else if (name === 'lines') yield* process.out(`${terminal?.rows ?? 24}\n`);
    else if (name === 'colors') yield* process.out('256\n');
    else if (name === 'setaf' || name === 'setab') yield* process.out(colorSequence(Number(a), name === 'setaf' ? 3 : 4));
    else if (name === 'cup') yield* process.out(`\x1b[${Number(a) + 1};${Number(b) + 1}H`);
    else if (name === 'init' || name === 'reset') yield* process.out('\x1b[!p\x1b[?3;4l\x1b[4l\x1b>');
    else {
      const sequence = CAPABILITIES[name];
      if (sequence === undefined) {
        yield* process.err(`tput: unknown terminfo capability '${name}'\n`);
        return 4;
      }
      yield* process.out(sequence);
    }
    return 0;
  },
};

function colorSequence(color: number, ground: 3 | 4): string {
  if (color < 8) return `\x1b[${ground}${color}m`;
  return color < 16 ? `\x1b[${ground === 3 ? 9 : 10}${color - 8}m` : `\x1b[${ground}8;5;${color}m`;
}

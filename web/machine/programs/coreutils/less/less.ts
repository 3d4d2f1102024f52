import type { Op } from '../../../../engine/kernel/task';
import { FileError } from '../../../os/file-error';
import type { Process } from '../../../os/process';
import type { Program } from '../../../os/program';
import { textToBytes } from '../../lib/byte-text';
import { OptionError, type Options, parseOptions } from '../../lib/getopt';
import { Screen } from '../../lib/screen';
import { Pager } from './pager';
import { PagerText } from './pager-text';

const OPTIONS = {
  short: 'aeEfFgGiIj:JKLmMnNqQrRsSuUwWXb:h:o:p:P:t:x:y:z:~?',
  long: {
    'quit-at-eof': 'e', 'QUIT-AT-EOF': 'E', 'quit-if-one-screen': 'F', 'ignore-case': 'i', 'IGNORE-CASE': 'I', 'LINE-NUMBERS': 'N', 'line-numbers': 'n',
    'RAW-CONTROL-CHARS': 'R', 'raw-control-chars': 'r', 'chop-long-lines': 'S', 'squeeze-blank-lines': 's', 'no-init': 'X', 'LONG-PROMPT': 'M', 'long-prompt': 'm', pattern: 'p:',
  },
};

/** The pager less. Simplified: no marks, tags, filters (`&`), editing or shell escapes. */
export const less: Program = {
  name: 'less',
  *main(process) {
    const plus = process.args.filter((word) => /^\+./.test(word)).map((word) => word.slice(1));
    let options: Options;
    try {
      options = parseOptions(process.args.filter((word) => !/^\+./.test(word)), OPTIONS);
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      yield* process.err(`There is no ${(/'(.*)'/.exec(error.message)?.[1] ?? '').replace(/^(?!-)/, '-')} option ("less --help" for help)\n`);
      return 1;
    }
    if (options.has('version')) {
      yield* process.out('less 590 (GNU regular expressions)\n');
      return 0;
    }
    const operands = options.operands.length === 0 ? ['-'] : options.operands;
    if (options.operands.length === 0 && process.isTerminal(0)) {
      yield* process.err('Missing filename ("less --help" for help)\n');
      return 1;
    }
    const texts: PagerText[] = [];
    let failed = false;
    for (const operand of operands) {
      const opened = openText(process, operand);
      if (opened instanceof PagerText) texts.push(opened);
      else {
        // As less does: on the terminal an error, in a pipe a line of the output.
        failed = process.isTerminal(1);
        yield* process.write(failed ? 2 : 1, textToBytes(`${opened}\n`));
      }
    }
    if (texts.length === 0) return failed ? 1 : 0;
    if (!process.isTerminal(1)) {
      for (const text of texts) yield* copy(process, text);
      return failed ? 1 : 0;
    }
    yield* page(process, options, texts, plus);
    return 0;
  },
};

function openText(process: Process, operand: string): PagerText | string {
  if (operand === '-') return new PagerText(process, 0, '');
  try {
    let fd = 3;
    while (process.fds.has(fd)) fd += 1;
    process.fds.set(fd, process.files.open(operand, { read: true }));
    return new PagerText(process, fd, operand);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.code === 'EISDIR' ? `${operand} is a directory` : `${operand}: ${error.message}`;
  }
}

function* copy(process: Process, text: PagerText): Op<void> {
  yield* text.readTo(Infinity);
  if (text.lines.length > 0) yield* process.out(textToBytes(`${text.lines.join('\n')}\n`));
}

function* page(process: Process, options: Options, texts: readonly PagerText[], plus: readonly string[]): Op<void> {
  const screen = Screen.open(process, { alternate: !options.has('X'), signals: true });
  if (screen === undefined) {
    for (const text of texts) yield* copy(process, text);
    return;
  }
  const pager = new Pager(process, screen, texts, {
    numbers: options.has('N'),
    chop: options.has('S'),
    ignoreCase: options.has('i', 'I'),
    colors: options.has('R', 'r'),
    longPrompt: options.has('M', 'm'),
    quitAtEnd: options.has('e', 'E'),
  });
  if (options.has('F') && (yield* pager.fits())) {
    screen.leave();
    yield* copy(process, texts[0] as PagerText);
    return;
  }
  yield* screen.enter();
  const pattern = options.value('p');
  yield* pager.run([...(pattern === undefined ? [] : [`/${pattern}`]), ...plus]);
  yield* screen.write('\r\x1b[K');
  screen.leave();
}

import type { Process } from '../../os/process';
import { PrintQueue } from './print-queue';

export type Level = 'INFO' | 'WARNING' | 'ERROR';

const LEVEL_COLOURS: Readonly<Record<string, string>> = { WARNING: '\x1b[33mWARNING\x1b[0m: ', ERROR: '\x1b[31mERROR\x1b[0m: ' };

/** Where compose says what it does: status and complaints on standard error, results on standard output. */
export class ComposeOutput {
  readonly stdout: PrintQueue;
  readonly stderr: PrintQueue;
  /** `--no-ansi`. */
  noAnsi = false;
  private readonly thresholds: readonly Level[] = ['INFO', 'WARNING', 'ERROR'];
  least: Level = 'INFO';

  constructor(readonly process: Process) {
    this.stdout = new PrintQueue(process, 1);
    this.stderr = new PrintQueue(process, 2);
  }

  info(text: string): void {
    this.log('INFO', text);
  }

  warn(text: string): void {
    this.log('WARNING', text);
  }

  error(text: string): void {
    this.log('ERROR', text);
  }

  /** The level stands before the text on a terminal only. */
  private log(level: Level, text: string): void {
    if (this.thresholds.indexOf(level) < this.thresholds.indexOf(this.least)) return;
    const prefix = this.process.isTerminal(2) && !this.noAnsi ? (LEVEL_COLOURS[level] ?? '') : '';
    this.stderr.print(`${prefix}${text}\n`);
  }
}

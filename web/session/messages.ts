import type { Frame } from './snapshot';

/** What the page may ask of a session. Every one is an input: logged with its simulated time, replayed by rewinding. */
export type SessionInput =
  | { readonly kind: 'terminal.open'; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly kind: 'terminal.close'; readonly terminal: number }
  | { readonly kind: 'terminal.data'; readonly terminal: number; readonly data: string }
  | { readonly kind: 'terminal.resize'; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly kind: 'file.save'; readonly path: string; readonly text: string }
  | { readonly kind: 'lab.open'; readonly labId: string }
  /** Something done to the cluster from outside: `kill kafka`, `cut kafka1 kafka2`. One that cannot happen does nothing. */
  | { readonly kind: 'fault'; readonly name: string; readonly args: readonly string[] }
  /** Something to remember at this moment of the log, without effect on the run. */
  | { readonly kind: 'note'; readonly text: string };

/** Controls of the host of the session; not logged. */
export type ClockControl =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'step' }
  | { readonly kind: 'speed'; readonly speed: number };

/** Page to worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly seed: number; readonly savedLog: string | null; readonly labId: string }
  | { readonly kind: 'input'; readonly input: SessionInput }
  | { readonly kind: 'clock'; readonly control: ClockControl }
  | { readonly kind: 'readFile'; readonly requestId: number; readonly path: string }
  | { readonly kind: 'frameShown' }
  | { readonly kind: 'ping'; readonly id: number };

/** Worker to page. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly restored: boolean; readonly terminals: readonly number[] }
  | { readonly kind: 'output'; readonly terminal: number; readonly data: string }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'file'; readonly requestId: number; readonly text: string | null }
  /**
   * Lines to add to the saved input log, sent after every input. `from` is how many lines were sent before: a page that holds
   * another number has missed some (it keeps the first `from`). All lines joined by newlines are what `start` takes as `savedLog`.
   */
  | { readonly kind: 'logged'; readonly from: number; readonly lines: readonly string[] }
  | { readonly kind: 'pong'; readonly id: number }
  | { readonly kind: 'failed'; readonly message: string; readonly eventNumber: number; readonly seed: number };

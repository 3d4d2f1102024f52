import type { StoreApi } from 'zustand/vanilla';
import type { SessionInput } from '../../session/messages';
import type { Frame } from '../../session/snapshot';
import { SessionClient } from '../../worker/client/session-client';
import type { SessionListener, SessionPort } from '../../worker/client/session-client';
import { SavedSession } from '../../worker/client/saved-session';
import { KeyColours } from '../picture/key-colours';
import { Picture } from '../picture/picture';
import { NOTHING_MOVES } from '../picture/motion';
import type { PageState } from './page-state';
import { cut, TerminalSink } from './terminal-sink';

/** The worker gets no "frame shown" while more output than this waits for the screen: that slows a flood down at its source. */
const MOST_BACKLOG = 512 * 1024;
/** A paste goes to the worker in parts of this many characters. */
const INPUT_PART = 64 * 1024;
const SEED = 1;

/** The running session as the page sees it: the worker's messages into the store, the page's wishes to the worker. */
export class Session implements SessionListener {
  private readonly keyColours = new KeyColours();
  /** The hue of a key; the same function always, so that what draws with it need not be drawn again. */
  readonly keyColour = (key: string | null): number => this.keyColours.of(key);
  private readonly client: SessionClient;
  private readonly saved = new SavedSession();
  private readonly sinks = new Map<number, TerminalSink>();
  private readonly opened = new Set<number>();
  private picture: Picture;
  private frameWaits = false;
  private animating = false;
  private lastPaintMs = 0;

  constructor(private readonly store: StoreApi<PageState>, createPort: () => SessionPort, private readonly reducedMotion: () => boolean) {
    this.client = new SessionClient(createPort, this);
    this.picture = new Picture(reducedMotion);
  }

  /** Starts the worker with what the browser kept of the last session. */
  async begin(ownsStore: boolean): Promise<void> {
    this.store.setState({ notSaved: !ownsStore });
    if (ownsStore) await this.saved.open();
    this.launch(this.saved.text);
  }

  /** Throws the worker away and starts another from the log up to before the last input. */
  restart(): void {
    this.launch(this.saved.textBeforeLast);
  }

  /** Throws everything away and starts the lab anew. */
  startOver(): void {
    this.launch(null);
  }

  send(input: SessionInput): void {
    this.client.send(input);
  }

  type(terminal: number, text: string): void {
    for (let from = 0; from < text.length;) {
      const rest = text.slice(from, from + INPUT_PART);
      const part = rest.length === INPUT_PART ? rest.slice(0, cut(rest, INPUT_PART)) : rest;
      this.client.send({ kind: 'terminal.data', terminal, data: part });
      from += part.length;
    }
  }

  /** Called when a terminal's pane knows its size: opens it the first time, then tells of changes. */
  sizeTerminal(terminal: number, columns: number, rows: number): void {
    const { terminalSizes } = this.store.getState();
    const known = terminalSizes[terminal];
    if (known?.columns === columns && known.rows === rows && this.opened.has(terminal)) return;
    this.store.setState({ terminalSizes: { ...terminalSizes, [terminal]: { columns, rows } } });
    const kind = this.opened.has(terminal) ? 'terminal.resize' : 'terminal.open';
    this.opened.add(terminal);
    this.client.send({ kind, terminal, columns, rows });
  }

  closeTerminal(terminal: number): void {
    this.client.send({ kind: 'terminal.close', terminal });
    this.opened.delete(terminal);
    this.sinks.delete(terminal);
  }

  sink(terminal: number): TerminalSink {
    const known = this.sinks.get(terminal);
    if (known) return known;
    const sink = new TerminalSink(() => this.maybeShown());
    this.sinks.set(terminal, sink);
    return sink;
  }

  pause(): void { this.client.control({ kind: 'pause' }); }
  resume(): void { this.client.control({ kind: 'resume' }); }
  step(): void { this.client.control({ kind: 'step' }); }
  setSpeed(speed: number): void {
    this.store.setState({ wishedSpeed: speed });
    this.client.control({ kind: 'speed', speed });
  }
  readFile(path: string): Promise<string | null> { return this.client.readFile(path); }

  onReady({ terminals }: { terminals: readonly number[] }): void {
    for (const terminal of terminals) this.opened.add(terminal);
    const shown = terminals.length > 0 ? [...terminals].sort((a, b) => a - b) : [1];
    const { focusedTerminal } = this.store.getState();
    this.store.setState({ ready: true, terminals: shown, focusedTerminal: shown.includes(focusedTerminal) ? focusedTerminal : shown[0]! });
  }

  onFrame(frame: Frame): void {
    if (frame.snapshot.clock.speed === this.store.getState().wishedSpeed) this.store.setState({ wishedSpeed: null });
    this.keyColours.meet(frame.snapshot);
    this.picture.accept(frame);
    this.frameWaits = true;
    this.animate();
  }

  onOutput(terminal: number, data: string): void {
    this.sink(terminal).push(data);
  }

  onLogged(from: number, lines: readonly string[]): void {
    this.saved.add(from, lines);
  }

  onFailed(failure: { message: string; eventNumber: number | null; seed: number | null }): void {
    this.store.setState({ failure });
  }

  onSilence(silent: boolean): void {
    this.store.setState({ silent });
  }

  private launch(savedLog: string | null): void {
    this.sinks.clear();
    this.opened.clear();
    this.picture = new Picture(this.reducedMotion);
    this.saved.replace(savedLog);
    this.frameWaits = false;
    const { generation, lab } = this.store.getState();
    this.store.setState({
      generation: generation + 1, ready: false, failure: null, silent: false, terminals: [], terminalSizes: {},
      snapshot: null, motion: NOTHING_MOVES, selection: null, wishedSpeed: null,
    });
    this.client.start({ seed: SEED, savedLog, labId: lab?.id ?? '' });
  }

  private animate(): void {
    if (this.animating) return;
    this.animating = true;
    this.lastPaintMs = performance.now();
    requestAnimationFrame((nowMs) => this.paint(nowMs));
  }

  private paint(nowMs: number): void {
    this.picture.advance(Math.max(0, nowMs - this.lastPaintMs));
    this.lastPaintMs = nowMs;
    this.store.setState({ snapshot: this.picture.snapshot(), motion: this.picture.motion() });
    this.maybeShown();
    const paused = this.picture.snapshot()?.clock.paused ?? true;
    this.animating = this.picture.isMoving() && !paused;
    if (this.animating) requestAnimationFrame((next) => this.paint(next));
  }

  private maybeShown(): void {
    if (!this.frameWaits) return;
    let backlog = 0;
    for (const sink of this.sinks.values()) backlog += sink.backlog;
    if (backlog > MOST_BACKLOG) return;
    this.frameWaits = false;
    this.client.frameShown();
  }
}

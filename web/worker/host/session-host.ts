import type { LabData } from '../../lab/lab-data';
import { InputLog } from '../../session/input-log';
import type { ClockControl, FromWorker, SessionInput, ToWorker } from '../../session/messages';
import { Session } from '../../session/session';
import { Pacer } from './pacer';

/** Wall time that a slice of the run may take before messages are looked at again. */
const SLICE_MS = 8;
const EVENTS_BETWEEN_CLOCK_LOOKS = 64;
/** With a frame the page gets no more output than this (characters); the run waits until it has shown that, so a flood waits in the programs that make it. */
const MOST_OUTPUT_AHEAD = 256 * 1024;
const FRAME_MS = 1000 / 60;
/**
 * While nothing moves in the picture but the clock, frames come this much apart.
 * Why: a browser that has a frame to draw when a key comes holds back what answers the key until that frame is drawn.
 */
const QUIET_FRAME_MS = 100;
/** With nothing to do soon the loop looks again after this long. */
const IDLE_MS = 8;

/**
 * Runs a session for a page: paces simulated time, keeps inputs in order, sends terminal bytes at once and a frame when the page has shown the last.
 */
export class SessionHost {
  private session: Session | undefined;
  private readonly pacer = new Pacer(performance.now());
  /** Inputs that wait: for a library, or, while time is paused, for time to go on. */
  private readonly waiting: SessionInput[] = [];
  private readonly outputs = new Map<number, string>();
  private furnished = false;
  private replaying = false;
  private framePending = false;
  /** Characters of output since the last frame was sent. */
  private outputAhead = 0;
  private lastFrameMs = 0;
  /** How many events the picture had shown at the last frame. */
  private shownEvents = 0;
  private linesSent = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turnIsPosted = false;
  private failed = false;
  private readonly turn = new MessageChannel();

  constructor(
    private readonly labs: readonly LabData[],
    private readonly post: (message: FromWorker) => void,
  ) {
    this.turn.port1.onmessage = () => {
      this.turnIsPosted = false;
      this.work();
    };
  }

  receive(message: ToWorker): void {
    switch (message.kind) {
      case 'start':
        this.guarded(() => this.start(message));
        break;
      case 'input':
        this.waiting.push(message.input);
        this.work();
        break;
      case 'clock':
        this.control(message.control);
        break;
      case 'readFile':
        this.post({ kind: 'file', requestId: message.requestId, text: this.session?.readLaptopFile(message.path) ?? null });
        break;
      case 'frameShown':
        this.framePending = false;
        if (this.pageHasEnough) this.work();
        break;
      case 'ping':
        this.post({ kind: 'pong', id: message.id });
        break;
    }
  }

  private start(message: Extract<ToWorker, { kind: 'start' }>): void {
    const saved = message.savedLog === null ? undefined : parseSaved(message.savedLog);
    const seed = saved?.header.seed ?? message.seed;
    const session = new Session({ seed, labs: this.labs, labId: saved?.header.labId ?? message.labId, onOutput: (terminal, text) => this.output(terminal, text) });
    this.session = session;
    this.replaying = saved !== undefined;
    if (saved === undefined) this.ready(false);
    void this.furnish(session).then(() => {
      if (saved !== undefined) this.guarded(() => this.replay(session, saved, 0));
    });
  }

  /** What the prompt can do without comes after it, and before any input that could use it. */
  private async furnish(session: Session): Promise<void> {
    const [{ furnishLaptop, provideLibraries }, fflate] = await Promise.all([import('../../session/furniture'), import('fflate')]);
    this.guarded(() => {
      provideLibraries({ fflate });
      session.furnish(furnishLaptop);
      this.furnished = true;
    });
    this.work();
  }

  /** Plays a saved log as fast as it goes, in slices, so that the page still gets its signs of life. */
  private replay(session: Session, saved: InputLog, from: number): void {
    const until = performance.now() + 50;
    let at = from;
    while (at < saved.inputs.length && performance.now() < until) {
      const entry = saved.inputs[at] as (typeof saved.inputs)[number];
      if (session.runTo(entry, EVENTS_BETWEEN_CLOCK_LOOKS)) {
        session.apply(entry.input);
        at += 1;
      }
    }
    if (at < saved.inputs.length) setTimeout(() => this.guarded(() => this.replay(session, saved, at)), 0);
    else this.ready(true);
  }

  private ready(restored: boolean): void {
    const session = this.session as Session;
    this.replaying = false;
    this.linesSent = restored ? session.log.inputs.length + 1 : 0;
    this.post({ kind: 'ready', restored, terminals: session.openTerminals });
    this.flushOutputs();
    this.sendLog();
    this.work();
  }

  private control(control: ClockControl): void {
    if (control.kind === 'pause') this.pacer.paused = true;
    else if (control.kind === 'resume') this.pacer.paused = false;
    else if (control.kind === 'speed') this.pacer.speed = control.speed;
    else this.guarded(() => this.session?.stepToNextTrace());
    this.lastFrameMs = 0;
    this.work();
  }

  private output(terminal: number, text: string): void {
    this.outputs.set(terminal, (this.outputs.get(terminal) ?? '') + text);
    this.outputAhead += text.length;
  }

  private flushOutputs(): void {
    for (const [terminal, data] of this.outputs) this.post({ kind: 'output', terminal, data });
    this.outputs.clear();
  }

  /** One turn: inputs, a slice of the run, what it printed, perhaps a frame; then the next turn is scheduled. */
  private work(): void {
    // There is one next turn at most: what comes between two of them must not start a second row of turns.
    clearTimeout(this.timer);
    const { session } = this;
    if (session === undefined || this.failed || this.replaying) return;
    this.guarded(() => {
      this.applyInputs(session);
      const busy = this.runSlice(session);
      this.flushOutputs();
      this.sendFrame(session);
      this.schedule(session, busy);
    });
  }

  private applyInputs(session: Session): void {
    while (this.waiting.length > 0) {
      const input = this.waiting[0] as SessionInput;
      if (this.pacer.paused && !session.takesWhilePaused(input)) break;
      if (!this.furnished && !session.needsOnlyPrompt(input)) break;
      this.waiting.shift();
      session.apply(input);
      this.sendLog();
    }
    session.setWaitingInputs(this.waiting);
  }

  /** True when simulated time could not go as far as it was allowed to. */
  private runSlice(session: Session): boolean {
    const started = performance.now();
    const before = session.sim.nowUs;
    const target = this.pacer.target(before, started);
    if (target <= before) return false;
    while (session.sim.nowUs < target && !this.pageHasEnough) {
      if (session.run(target, EVENTS_BETWEEN_CLOCK_LOOKS) !== 'budget') break;
      if (performance.now() - started > SLICE_MS) break;
    }
    this.pacer.used(session.sim.nowUs - before);
    return !this.pageHasEnough && (session.sim.nowUs < target || this.pacer.speed === Infinity);
  }

  private get pageHasEnough(): boolean {
    return this.outputAhead > MOST_OUTPUT_AHEAD;
  }

  private schedule(session: Session, busy: boolean): void {
    if (this.turnIsPosted) return;
    const next = session.sim.nextEventUs;
    const waitMs = next === undefined || this.pacer.paused ? IDLE_MS : (next - session.sim.nowUs) / 1000 / this.pacer.speed;
    if (busy || (waitMs < 2 && !this.pageHasEnough)) {
      this.turnIsPosted = true;
      this.turn.port2.postMessage(undefined);
    } else this.timer = setTimeout(() => this.work(), Math.min(IDLE_MS, waitMs));
  }

  private sendFrame(session: Session): void {
    const now = performance.now();
    const quiet = session.shownEvents === this.shownEvents && !this.pageHasEnough;
    if (this.framePending || now - this.lastFrameMs < (quiet ? QUIET_FRAME_MS : FRAME_MS)) return;
    this.lastFrameMs = now;
    this.shownEvents = session.shownEvents;
    const frame = session.frame({ paused: this.pacer.paused, speed: this.pacer.speed });
    if (frame === undefined) return;
    this.framePending = true;
    this.outputAhead = 0;
    this.post({ kind: 'frame', frame });
  }

  private sendLog(): void {
    const session = this.session as Session;
    const lines = session.logLines(this.linesSent);
    if (lines.length === 0) return;
    this.post({ kind: 'logged', from: this.linesSent, lines });
    this.linesSent += lines.length;
  }

  /** Our own bug ends the run and is said; it never dies silently. */
  private guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.failed = true;
      this.flushOutputs();
      this.post({
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        eventNumber: this.session?.sim.eventNumber ?? 0,
        seed: this.session?.sim.seed ?? 0,
      });
    }
  }
}

/** A text that is no session starts a new one; the page keeps what it had. */
function parseSaved(text: string): InputLog | undefined {
  try {
    return InputLog.parse(text);
  } catch {
    return undefined;
  }
}

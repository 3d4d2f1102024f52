import type { FromWorker, ToWorker } from '../../session/messages';
import type { SessionPort } from '../../worker/client/session-client';
import type { Scene } from './scenes';

/** Stands in for a Worker: one fixed frame, then time as the controls say. */
export class ScenePort implements SessionPort {
  private heard: ((message: FromWorker) => void) | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;
  private paused: boolean;
  private speed = 1;
  private nowUs: number;
  private event: number;

  constructor(private readonly scene: Scene) {
    this.paused = scene.frame.snapshot.clock.paused;
    this.speed = scene.frame.snapshot.clock.speed;
    this.nowUs = scene.frame.snapshot.nowUs;
    this.event = scene.frame.snapshot.eventNumber;
  }

  postMessage(message: ToWorker): void {
    if (message.kind === 'start') queueMicrotask(() => this.begin());
    else if (message.kind === 'ping') this.say({ kind: 'pong', id: message.id });
    else if (message.kind === 'readFile') this.say({ kind: 'file', requestId: message.requestId, text: this.scene.file });
    else if (message.kind === 'clock') this.control(message.control);
    else if (message.kind === 'input' && message.input.kind === 'terminal.open') {
      this.say({ kind: 'output', terminal: message.input.terminal, data: this.scene.output[message.input.terminal] ?? '' });
    } else if (message.kind === 'input' && message.input.kind === 'terminal.data') {
      this.say({ kind: 'output', terminal: message.input.terminal, data: message.input.data.replace(/\r/g, '\r\n') });
    }
  }

  listen(onMessage: (message: FromWorker) => void): void {
    this.heard = onMessage;
  }

  terminate(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private begin(): void {
    this.say({ kind: 'ready', restored: true, terminals: [] });
    const { frame } = this.scene;
    // A first frame without what travels, so that "before" is known.
    this.say({ kind: 'frame', frame: { ...this.scene.before, travels: [], travelCount: 0 } });
    setTimeout(() => {
      this.say({ kind: 'frame', frame });
      this.run();
    }, 50);
  }

  private run(): void {
    this.timer = setInterval(() => {
      if (this.paused) return;
      if (this.scene.next) {
        this.say({ kind: 'frame', frame: this.scene.next(this.event++) });
        return;
      }
      this.nowUs += 16_000 * Math.min(this.speed, 20);
      this.tick();
    }, 16);
  }

  private tick(travels: Scene['frame']['travels'] = []): void {
    const { snapshot } = this.scene.frame;
    this.event += 1;
    this.say({ kind: 'frame', frame: { snapshot: { ...snapshot, nowUs: this.nowUs, eventNumber: this.event, clock: { paused: this.paused, speed: this.speed } }, travels, travelCount: travels.length } });
  }

  private control(control: Extract<ToWorker, { kind: 'clock' }>['control']): void {
    if (control.kind === 'pause') this.paused = true;
    else if (control.kind === 'resume') this.paused = false;
    else if (control.kind === 'speed') this.speed = control.speed;
    this.tick();
  }

  private say(data: FromWorker): void {
    this.heard?.(data);
  }
}

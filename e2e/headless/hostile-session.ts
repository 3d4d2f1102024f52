import { plainText } from '../../web/cli/tape/play-tape';
import { createNodeSession } from '../../web/cli/node-session';
import type { Session } from '../../web/session/session';

const SIZE = { columns: 131, rows: 24 };
const SECOND_US = 1_000_000;
const FRAME_US = 16_000;
/** A paste comes in parts of so many characters, as the page sends it. */
const PASTE_PART = 65_536;
const CLOCK = { paused: false, speed: 1 };
export const PROMPT = 'laptop:01-Verify-Installation$ ';
export const IN_KAFKA = 'docker-compose exec kafka bash -c';
export const TOOL = {
  producer: '/opt/kafka/bin/kafka-console-producer.sh --broker-list kafka:9092 --topic helloworld',
  consumer: '/opt/kafka/bin/kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic helloworld --from-beginning',
} as const;

/** A session that is driven as the page drives it, a frame every 16 ms, and that knows how long its longest event took. */
export class HostileSession {
  readonly session: Session;
  private readonly shown = new Map<number, string[]>();
  /** The longest that one event, one input or one frame took (wall ms). */
  longest = { eventMs: 0, inputMs: 0, frameMs: 0 };

  constructor() {
    this.session = createNodeSession({ seed: 1, onOutput: (terminal, text) => this.textOf(terminal).push(text) });
    this.open(1);
  }

  open(terminal: number): void {
    this.session.apply({ kind: 'terminal.open', terminal, ...SIZE });
    this.waitFor(terminal, PROMPT);
  }

  /** Starts the lab's cluster and forgets what that printed. */
  startCluster(): void {
    this.command(1, 'docker-compose up -d', 60);
    this.pass(12 * SECOND_US);
  }

  type(terminal: number, text: string): void {
    const began = performance.now();
    this.session.apply({ kind: 'terminal.data', terminal, data: text });
    this.longest.inputMs = Math.max(this.longest.inputMs, performance.now() - began);
  }

  paste(terminal: number, text: string): void {
    for (let from = 0; from < text.length; from += PASTE_PART) this.type(terminal, text.slice(from, from + PASTE_PART));
  }

  /** Types a command and waits for the next prompt. Returns what it showed between. */
  command(terminal: number, line: string, seconds = 60): string {
    this.clear(terminal);
    this.type(terminal, `${line}\r`);
    return this.waitFor(terminal, PROMPT, seconds);
  }

  /** Runs until a terminal shows `text`, at most so many simulated seconds. Errors: says what it shows instead. */
  waitFor(terminal: number, text: string, seconds = 60): string {
    const limitUs = this.session.sim.nowUs + seconds * SECOND_US;
    for (;;) {
      const raw = this.raw(terminal);
      if (plainText(raw.slice(-200_000)).includes(text)) return plainText(raw);
      if (this.session.sim.nowUs >= limitUs) throw new Error(`terminal ${terminal} does not show ${JSON.stringify(text)} but ${JSON.stringify(raw.slice(-600))}`);
      this.pass(FRAME_US * 2);
    }
  }

  pass(us: number): void {
    const { sim } = this.session;
    const endUs = sim.nowUs + us;
    while (sim.nowUs < endUs) {
      const untilUs = Math.min(endUs, sim.nowUs + FRAME_US);
      for (;;) {
        const began = performance.now();
        const result = this.session.run(untilUs, 1);
        this.longest.eventMs = Math.max(this.longest.eventMs, performance.now() - began);
        if (result !== 'budget') break;
      }
      const began = performance.now();
      this.session.frame(CLOCK);
      this.longest.frameMs = Math.max(this.longest.frameMs, performance.now() - began);
    }
  }

  clear(terminal: number): void {
    this.shown.set(terminal, []);
  }

  raw(terminal: number): string {
    const parts = this.textOf(terminal);
    if (parts.length > 1) this.shown.set(terminal, [parts.join('')]);
    return this.textOf(terminal)[0] ?? '';
  }

  private textOf(terminal: number): string[] {
    const known = this.shown.get(terminal);
    if (known !== undefined) return known;
    const fresh: string[] = [];
    this.shown.set(terminal, fresh);
    return fresh;
  }
}

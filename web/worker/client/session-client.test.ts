import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from '../../session/messages';
import { SessionClient } from './session-client';
import type { SessionListener, SessionPort } from './session-client';

class FakePort implements SessionPort {
  readonly sent: ToWorker[] = [];
  ended = false;
  private heard: ((message: FromWorker) => void) | null = null;
  postMessage(message: ToWorker): void { this.sent.push(message); }
  terminate(): void { this.ended = true; }
  listen(onMessage: (message: FromWorker) => void): void { this.heard = onMessage; }
  says(message: FromWorker): void { this.heard?.(message); }
}

describe('the page\'s end of a session', () => {
  const ports: FakePort[] = [];
  const heard: string[] = [];
  const listener: SessionListener = {
    onReady: () => heard.push('ready'),
    onFrame: () => heard.push('frame'),
    onOutput: (terminal, data) => heard.push(`output ${terminal} ${data}`),
    onLogged: (from, lines) => heard.push(`logged ${from} ${lines.join()}`),
    onFailed: ({ message }) => heard.push(`failed ${message}`),
    onSilence: (silent) => heard.push(`silent ${silent}`),
  };
  let client: SessionClient;

  beforeEach(() => {
    vi.useFakeTimers();
    ports.length = 0;
    heard.length = 0;
    client = new SessionClient(() => { const port = new FakePort(); ports.push(port); return port; }, listener, () => Date.now());
    client.start({ seed: 1, savedLog: null, labId: '01' });
  });
  afterEach(() => { client.stop(); vi.useRealTimers(); });

  it('hands on what the worker says', () => {
    ports[0]!.says({ kind: 'ready', restored: false, terminals: [1] });
    ports[0]!.says({ kind: 'output', terminal: 1, data: 'hi' });
    expect(heard).toEqual(['ready', 'output 1 hi']);
  });

  it('answers a file request with the text that carries its number', async () => {
    const text = client.readFile('/home/student/a');
    const asked = ports[0]!.sent.find((message) => message.kind === 'readFile')!;
    ports[0]!.says({ kind: 'file', requestId: asked.kind === 'readFile' ? asked.requestId : 0, text: 'content' });
    expect(await text).toBe('content');
  });

  it('says that a worker is silent after five seconds, and that it lives again', () => {
    vi.advanceTimersByTime(4000);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(3000);
    expect(heard).toEqual(['silent true']);
    ports[0]!.says({ kind: 'pong', id: 1 });
    expect(heard).toEqual(['silent true', 'silent false']);
  });

  it('ends the old worker when it starts another', () => {
    client.start({ seed: 1, savedLog: 'log', labId: '01' });
    expect(ports[0]!.ended).toBe(true);
    expect(ports[1]!.sent[0]).toEqual({ kind: 'start', seed: 1, savedLog: 'log', labId: '01' });
  });
});

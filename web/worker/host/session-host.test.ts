import { describe, expect, test, vi } from 'vitest';
import { readLabs } from '../../lab/build/read-labs';
import type { FromWorker } from '../../session/messages';
import { SessionHost } from './session-host';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A host with one terminal, whose page never shows a frame unless it is told to. */
async function startHost(): Promise<{ host: SessionHost; shown: () => string }> {
  const messages: FromWorker[] = [];
  const host = new SessionHost(readLabs('labs'), (message) => messages.push(message));
  const shown = () => messages.map((each) => (each.kind === 'output' ? each.data : '')).join('');
  host.receive({ kind: 'start', seed: 1, savedLog: null, labId: '01-verify-installation' });
  host.receive({ kind: 'input', input: { kind: 'terminal.open', terminal: 1, columns: 80, rows: 24 } });
  await vi.waitFor(() => expect(shown()).toContain('$ '), 5000);
  return { host, shown };
}

describe('the host of a session', () => {
  test('a flood of output waits until the page has shown what it has', async () => {
    const { host, shown } = await startHost();
    host.receive({ kind: 'input', input: { kind: 'terminal.data', terminal: 1, data: 'yes\r' } });
    await vi.waitFor(() => expect(shown().length).toBeGreaterThan(200_000), { timeout: 20_000, interval: 20 });
    await wait(300);
    const held = shown().length;
    await wait(300);
    expect(shown().length).toBe(held);
    expect(held).toBeLessThan(1_000_000);
    host.receive({ kind: 'frameShown' });
    await vi.waitFor(() => expect(shown().length).toBeGreaterThan(held), 5000);
    host.receive({ kind: 'clock', control: { kind: 'pause' } });
  });

  test('many inputs leave one row of turns', async () => {
    const { host } = await startHost();
    for (let i = 0; i < 200; i++) host.receive({ kind: 'input', input: { kind: 'terminal.resize', terminal: 1, columns: 80 + (i % 2), rows: 24 } });
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await wait(200);
    // One turn every 8 ms would be 25; a row of turns for each input would be 5,000.
    expect(timers.mock.calls.length).toBeLessThan(250);
    timers.mockRestore();
    host.receive({ kind: 'clock', control: { kind: 'pause' } });
  });
});

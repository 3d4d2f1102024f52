import { execFileSync } from 'node:child_process';
import { chromium, type JSHandle, type Page } from '@playwright/test';
import { preview } from 'vite';
import { CHROMIUM_ARGS, findChromium } from '../chromium.mjs';
import { type Benchmark, type Figure, percentile } from './figure';

const PORT = 4187;
const ECHOES = 60;
const FRAME_SECONDS = 5;
const IN_KAFKA = 'docker-compose exec kafka bash -c';
const BIN = '/opt/kafka/bin';
const PRODUCER = `${BIN}/kafka-console-producer.sh --broker-list kafka:9092 --topic helloworld`;
const FLOW_RECORDS = 160;
const CONSUMER = `${BIN}/kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic helloworld --from-beginning --max-messages ${FLOW_RECORDS}`;

interface Measured {
  readonly p50: number;
  readonly p95: number;
  readonly empty: number;
  readonly rps20: number;
  readonly burst: number;
  readonly worst: number;
}

/** The built page in Chromium: how long Enter takes to show its effect, and how frames go while records flow. */
export const pageBenchmark: Benchmark = {
  figures: ['enter-to-output-p50', 'enter-to-output', 'frame-empty', 'frame-20rps', 'frame-burst-100k', 'frame-worst-burst'],
  async measure(runs) {
    execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: PORT, strictPort: true } });
    const measured: Measured[] = [];
    try {
      for (let run = 0; run < runs; run++) measured.push(await oneRun());
    } finally {
      await server.close();
    }
    const figure = (name: string, aim: number | null, key: keyof Measured): Figure => ({ name, unit: 'ms', aim, better: 'less', runs: measured.map((each) => each[key]) });
    return [
      figure('enter-to-output-p50', 16, 'p50'),
      figure('enter-to-output', 33, 'p95'),
      figure('frame-empty', null, 'empty'),
      figure('frame-20rps', 20, 'rps20'),
      figure('frame-burst-100k', 20, 'burst'),
      figure('frame-worst-burst', 100, 'worst'),
    ];
  },
};

async function oneRun(): Promise<Measured> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS });
  try {
    const blank = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await blank.goto('about:blank');
    const empty = percentile(await gaps(await startFrames(blank), FRAME_SECONDS), 0.95);
    await blank.close();
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(`http://127.0.0.1:${PORT}/`);
    await shows(page, 'laptop:01-Verify-Installation$');
    // What the page loads after its prompt is not what is measured.
    await command(page, 'docker -v', 'Docker version');
    const echoes = await echoTimes(page);
    await command(page, 'docker-compose up -d', 'kafka_1 ... done');
    await page.waitForTimeout(8000);
    await command(page, `${IN_KAFKA} "(for i in {1..${FLOW_RECORDS}}; do echo record; sleep 0.05; done) | ${PRODUCER} > /dev/null & ${CONSUMER}"`, 'record\nrecord\nrecord');
    const rps20 = percentile(await gaps(await startFrames(page), FRAME_SECONDS), 0.95);
    await shows(page, `Processed a total of ${FLOW_RECORDS} messages`);
    await page.waitForTimeout(1000);
    const burst = await startFrames(page);
    await command(page, `${IN_KAFKA} "seq 1 100000 | ${PRODUCER}"; echo bu''rst`, 'burst');
    const during = await gaps(burst, 0);
    return { p50: percentile(echoes, 0.5), p95: percentile(echoes, 0.95), empty, rps20, burst: percentile(during, 0.95), worst: Math.max(...during) };
  } finally {
    await browser.close();
  }
}

async function command(page: Page, text: string, wanted: string): Promise<void> {
  await page.locator('[data-testid="terminal-1"] .xterm-helper-textarea').focus();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  if (wanted !== '') await shows(page, wanted);
}

async function shows(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => (document.querySelector('[data-testid="terminal-1"] .xterm-rows')?.textContent ?? '').replaceAll(/[\s\u00a0]/g, '').includes(wanted), text.replaceAll(/\s/g, ''), {
    timeout: 120_000,
  });
}

/** Begins to note when frames are drawn. */
function startFrames(page: Page): Promise<JSHandle<number[]>> {
  return page.evaluateHandle(() => {
    const times: number[] = [];
    const look = (now: number): void => {
      times.push(now);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return times;
  });
}

/** Milliseconds between the frames since they were noted, after so many seconds more. */
async function gaps(frames: JSHandle<number[]>, seconds: number): Promise<number[]> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const times = await frames.evaluate((noted) => noted.splice(0));
  return times.slice(1).map((time, index) => time - (times[index] as number));
}

/** From the Enter key to the output in the terminal's rows (ms). */
async function echoTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < ECHOES; i++) {
    await page.keyboard.type(`echo h''i${i}`);
    await page.waitForTimeout(100);
    const measured = await page.evaluateHandle(startWatch, `hi${i}`);
    await page.keyboard.press('Enter');
    times.push(await measured.evaluate(({ shown }) => shown));
  }
  return times;
}

/** Runs in the page: watches for the next key and for a line of the terminal that is `wanted`. */
function startWatch(wanted: string): { readonly shown: Promise<number> } {
  let pressedMs = NaN;
  document.addEventListener('keydown', () => (pressedMs = performance.now()), { capture: true, once: true });
  const rows = document.querySelector('[data-testid="terminal-1"] .xterm-rows') as Element;
  const shown = new Promise<number>((resolve) => {
    const observer = new MutationObserver(() => {
      if (![...rows.children].some((row) => (row.textContent ?? '').trim() === wanted)) return;
      observer.disconnect();
      resolve(performance.now() - pressedMs);
    });
    observer.observe(rows, { childList: true, subtree: true, characterData: true });
  });
  return { shown };
}

import { expect, type Page, test } from '@playwright/test';
import { LAB_COMMANDS, PROMPT, Student } from './steps';

/** The page says so when its worker is silent for longer. */
const SILENCE_MS = 5000;
const ESCAPES = String.raw`\e]52;c;ZWNobyBoYWNrZWQ=\a\e]0;hacked\a\e[6n\e[5n\e[c\e[>c\e[?6n\e[18t\e[21t\eP$q"p\e\\\e]4;1;?\a\e[?1049h\e[31;44;7m\e[2J\e[H\xff\xfe\xc3\x28\e[?1000h end`;

/** Notes when the worker says something, from before the page runs. */
async function watchWorker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noted = window as unknown as { lastWordMs: number; longestSilenceMs: number };
    noted.lastWordMs = performance.now();
    noted.longestSilenceMs = 0;
    const OwnWorker = window.Worker;
    window.Worker = class extends OwnWorker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        noted.lastWordMs = performance.now();
        this.addEventListener('message', () => {
          const now = performance.now();
          noted.longestSilenceMs = Math.max(noted.longestSilenceMs, now - noted.lastWordMs);
          noted.lastWordMs = now;
        });
      }
    };
  });
}

/** Runs a scenario on a page; says how long it took and how long its worker was silent; the next command works. */
function hostile(name: string, scenario: (student: Student) => Promise<void>): void {
  test(name, async ({ page }) => {
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await watchWorker(page);
    const student = new Student(page);
    await student.open();
    const began = performance.now();
    await scenario(student);
    await student.type(1, 'echo al""ive');
    await student.sees(1, `echo al""ive alive`);
    const silence = await page.evaluate(() => (window as unknown as { longestSilenceMs: number }).longestSilenceMs);
    console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s, longest silence ${silence.toFixed(0)} ms`);
    expect(silence).toBeLessThan(SILENCE_MS);
    await expect(page.getByTestId('silence')).toHaveCount(0);
    await expect(page.getByTestId('failure')).toHaveCount(0);
    expect(failures).toEqual([]);
  });
}

async function startCluster(student: Student): Promise<void> {
  await student.type(1, 'docker-compose up -d');
  await student.sees(1, `kafka_1 ... done`);
  await student.type(1, `until ${LAB_COMMANDS.create} 2> /dev/null | grep Created; do sleep 1; done; clear`);
  await student.seesOnlyPrompt(1);
}

hostile('a record full of escape sequences types nothing and changes nothing but the screen', async (student) => {
  const { page } = student;
  await startCluster(student);
  const title = await page.title();
  await student.type(1, `printf '${ESCAPES}\\n' | ${LAB_COMMANDS.produce.replace('exec', 'exec -T')}; clear`);
  await student.seesOnlyPrompt(1);
  await student.type(1, `${LAB_COMMANDS.consume} --max-messages 1`);
  await student.sees(1, `( end Processed a total of 1 messages laptop:${PROMPT}`);
  // An answer would arrive within a few turns of the page.
  await page.waitForTimeout(500);
  expect(await student.screen(1)).not.toMatch(/\d+;\d+R|\dn|\d+c|hacked|rgb:/);
  expect(await page.title()).toBe(title);
});

hostile('yes on the screen, stopped after 5 s', async (student) => {
  await student.type(1, 'yes');
  await student.page.waitForTimeout(5000);
  await student.press(1, 'Control+c');
  await student.sees(1, `^C laptop:${PROMPT}`, 5000);
});

hostile('a compose file with a thousand services', async (student) => {
  await student.type(1, `{ echo "version: '2'"; echo services:; for i in {1..1000}; do printf "  s$i:\\n    image: wurstmeister/zookeeper:3.4.6\\n"; done; } > ~/many.yml; clear`);
  await student.type(1, 'docker-compose -p many -f ~/many.yml up');
  await student.sees(1, 'exited with code 137', 120_000);
  await student.page.waitForTimeout(5000);
  await student.press(1, 'Control+c');
  await student.sees(1, PROMPT, 60_000);
  await student.type(1, 'docker-compose -p many -f ~/many.yml down; clear');
  await student.seesOnlyPrompt(1, 120_000);
});

hostile('3 MB of text pasted into the producer', async (student) => {
  await startCluster(student);
  await student.type(1, LAB_COMMANDS.produce);
  await student.sees(1, '\n>');
  await student.focus(1);
  await student.page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', Array.from({ length: 60_000 }, (_, i) => `line ${String(i).padStart(6, '0')} of a text that somebody pastes\n`).join(''));
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await student.sees(1, 'line 059999', 120_000);
  await student.press(1, 'Control+d');
  await student.sees(1, PROMPT);
});

import { expect, type Page, test } from '@playwright/test';
import { doLabUpToRecords, MESSAGES, sendMessages, shutDown, Student } from './steps';

/** Waits until a request or response of that kind is seen on its way; it is there for a third of a second. */
async function recordTravels(page: Page, api: string, kind: string): Promise<void> {
  await page.waitForFunction((selector) => document.querySelector(selector) !== null, `[data-testid="travel"][data-api="${api}"][data-kind="${kind}"]`, { timeout: 20_000, polling: 'raf' });
}

test('the whole lab by typing in three terminals, with a reload in the middle', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  const student = new Student(page);
  await student.open();
  await doLabUpToRecords(student);
  await student.type(2, MESSAGES[0]);
  await recordTravels(page, 'Produce', 'request');
  await recordTravels(page, 'Fetch', 'response');
  await student.sees(3, MESSAGES[0]);

  await page.reload();
  await student.sees(3, MESSAGES[0], 90_000);
  await student.stepIsDone(3);
  await student.type(2, MESSAGES[1]);
  await student.sees(3, MESSAGES[1]);
  await student.type(2, MESSAGES[2]);
  await student.sees(3, MESSAGES[2]);
  await student.stepIsDone(4);
  await shutDown(student);
  expect(failures).toEqual([]);
});

test('after the first load the lab needs no network', async ({ page, context }) => {
  const student = new Student(page);
  await student.open();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await student.sees(1, 'laptop:');
  await context.setOffline(true);
  await page.reload();
  await student.sees(1, 'laptop:');
  await doLabUpToRecords(student);
  await sendMessages(student);
  await student.stepIsDone(4);
  await shutDown(student);
});

import { expect, test } from '@playwright/test';
import { doLabUpToRecords, MESSAGES, sendMessages, shutDown, Student } from './steps';

test('the whole lab by typing in three terminals, with a reload in the middle', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  const student = new Student(page);
  await student.open();
  await doLabUpToRecords(student);
  await student.type(2, MESSAGES[0]);
  await expect(page.getByTestId('travel').first()).toBeVisible({ timeout: 20_000 });
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

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from '@playwright/test';
import { doLabUpToRecords, sendMessages, shutDown, Student } from './steps';

test('the lab works from one file on disk', async ({ page, context }) => {
  await context.setOffline(true);
  const student = new Student(page);
  await student.open(pathToFileURL(resolve('dist/samsa.html')).href);
  await doLabUpToRecords(student);
  await sendMessages(student);
  await student.stepIsDone(4);
  await shutDown(student);
});

import { expect, test } from 'vitest';
import { shownKeys } from './shown-keys';

test('typed lines read as text, keys by their names', () => {
  expect(shownKeys('Type "Hello "\nType "World!"\nEnter\nSleep 1s\nCtrl+C')).toEqual([
    { text: 'Hello World!', isKey: false },
    { text: 'Ctrl+C', isKey: true },
  ]);
});

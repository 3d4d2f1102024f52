import { expect, it } from 'vitest';
import { placeMarks } from './place-marks';

const sizes = { icon: 14, type: 12, left: 50, right: 1000 };

it('gives marks that stand apart their words', () => {
  expect(placeMarks([{ x: 100, text: 'broker 1001 up' }, { x: 400, text: 'helloworld created' }], sizes).map(({ wordX }) => wordX)).toEqual([100, 400]);
});

it('keeps the newest word when two would touch', () => {
  expect(placeMarks([{ x: 100, text: 'broker 1001 up' }, { x: 130, text: 'helloworld created' }], sizes).map(({ wordX }) => wordX)).toEqual([null, 130]);
});

it('turns the word of a mark at the present to the left', () => {
  const [mark] = placeMarks([{ x: 990, text: 'helloworld created' }], sizes);
  expect(mark!.wordX).toBeLessThan(880);
});

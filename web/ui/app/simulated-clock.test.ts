import { expect, it } from 'vitest';
import { clockText } from './simulated-clock';

it('reads simulated time as a clock, to a tenth of a millisecond', () => {
  expect(clockText(47_318_400, Date.UTC(2018, 5, 20, 10, 0, 0))).toEqual({ seconds: '10:00:47', fraction: '3184' });
  expect(clockText(0, Date.UTC(2018, 5, 20, 10, 0, 0))).toEqual({ seconds: '10:00:00', fraction: '0000' });
  expect(clockText(3_600_000_000, Date.UTC(2018, 5, 20, 23, 30, 0, 250))).toEqual({ seconds: '00:30:00', fraction: '2500' });
});

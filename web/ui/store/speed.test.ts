import { expect, it } from 'vitest';
import { changeSpeed } from './actions';
import type { Page } from './page';
import { speedOf } from './page-state';
import type { PageState } from './page-state';

it('three presses of a key are three steps of speed, however late the simulation answers', () => {
  let state = { wishedSpeed: null, snapshot: { clock: { paused: false, speed: 1 } } } as unknown as PageState;
  const page = {
    store: { getState: () => state },
    session: { setSpeed: (speed: number) => { state = { ...state, wishedSpeed: speed }; } },
  } as unknown as Page;
  for (let press = 0; press < 3; press++) changeSpeed(page, -1);
  expect(speedOf(state)).toBe(0.1);
});

import { labLinesIn } from '../panels/lab/typed-lines';
import type { Page } from './page';
import { speedOf } from './page-state';
import type { ViewId } from './page-state';

/** Speeds that the control offers, in simulated time per wall time. */
export const SPEEDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, Infinity] as const;
const MOST_TERMINALS = 4;

export function togglePause({ store, session }: Page): void {
  if (store.getState().snapshot?.clock.paused) session.resume();
  else session.pause();
}

/** One event; pauses first when time runs. */
export function step({ store, session }: Page): void {
  if (!store.getState().snapshot?.clock.paused) session.pause();
  session.step();
}

export function changeSpeed({ store, session }: Page, by: 1 | -1): void {
  const now = speedIndex(speedOf(store.getState()));
  session.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, now + by))]!);
}

export function speedIndex(speed: number): number {
  let best = 0;
  SPEEDS.forEach((candidate, index) => { if (candidate <= speed) best = index; });
  return best;
}

export function toggleTheme({ store }: Page): void {
  store.setState(({ theme }) => ({ theme: theme === 'dark' ? 'light' : 'dark' }));
}

export function showView({ store }: Page, view: ViewId): void {
  store.setState({ view, filledTerminal: null });
}

/** The number of the new terminal, or null when there are four. */
export function openTerminal({ store }: Page): number | null {
  const { terminals } = store.getState();
  const free = [1, 2, 3, 4].find((number) => !terminals.includes(number));
  if (free === undefined || terminals.length >= MOST_TERMINALS) return null;
  ensureTerminal({ store }, free);
  return free;
}

/** Makes terminal `number` stand on the page, in front and in focus. */
export function ensureTerminal({ store }: Pick<Page, 'store'>, number: number): void {
  store.setState(({ terminals }) => ({
    terminals: terminals.includes(number) ? terminals : [...terminals, number].sort((a, b) => a - b),
    focusedTerminal: number,
    filledTerminal: null,
    fileInFront: false,
  }));
}

export function closeTerminal({ store, session }: Page, number: number): void {
  const left = store.getState().terminals.filter((other) => other !== number);
  if (left.length === 0) return;
  session.closeTerminal(number);
  store.setState(({ focusedTerminal, filledTerminal }) => ({
    terminals: left,
    focusedTerminal: focusedTerminal === number ? left[0]! : focusedTerminal,
    filledTerminal: filledTerminal === number ? null : filledTerminal,
  }));
}

export function toggleFilled({ store }: Page, number: number): void {
  store.setState(({ filledTerminal }) => ({ filledTerminal: filledTerminal === number ? null : number, focusedTerminal: number }));
}

export function openFile({ store }: Page, path: string): void {
  store.setState({ openFile: path, fileInFront: true });
}

export function select({ store }: Page, selection: string | null): void {
  store.setState({ selection });
}

/** A line stood in a terminal when Enter was pressed there. Remembers it when it is one of the lab's. */
export function enterLine({ store }: Page, line: string): void {
  const { lab, enteredLines } = store.getState();
  const found = lab ? labLinesIn(lab, line).filter((text) => !enteredLines.has(text)) : [];
  if (found.length > 0) store.setState({ enteredLines: new Set([...enteredLines, ...found]) });
}

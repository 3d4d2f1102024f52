import { changeSpeed, ensureTerminal, openTerminal, select, showView, step, toggleFilled, togglePause, toggleTheme } from '../store/actions';
import type { Page } from '../store/page';

/** A key of the page: what `event.key` must be, what it does, and how the help names it. */
export interface PageKey {
  readonly key: string;
  /** True: works everywhere, with Ctrl and Alt held. False: works outside terminals and text fields. */
  readonly everywhere: boolean;
  readonly name: string;
  readonly does: string;
  run(page: Page): void;
}

const terminalKey = (number: number): PageKey => ({
  key: String(number), everywhere: true, name: `Ctrl Alt ${number}`, does: `go to terminal ${number}`,
  run: (page) => { if (page.store.getState().terminals.includes(number)) focusTerminal(page, number); },
});

export const PAGE_KEYS: readonly PageKey[] = [
  { key: '1', everywhere: false, name: '1', does: 'Cluster view', run: (page) => showView(page, 'cluster') },
  { key: '2', everywhere: false, name: '2', does: 'Topic view', run: (page) => showView(page, 'topic') },
  { key: 't', everywhere: false, name: 't', does: 'the view as a table, and back', run: ({ store }) => store.setState(({ asTable }) => ({ asTable: !asTable })) },
  { key: ' ', everywhere: false, name: 'Space', does: 'pause and run', run: togglePause },
  { key: '.', everywhere: false, name: '.', does: 'one step', run: step },
  { key: '+', everywhere: false, name: '+', does: 'faster', run: (page) => changeSpeed(page, 1) },
  { key: '-', everywhere: false, name: '-', does: 'slower', run: (page) => changeSpeed(page, -1) },
  { key: 'l', everywhere: false, name: 'l', does: 'fold and unfold the lab', run: ({ store }) => store.setState(({ labFolded }) => ({ labFolded: !labFolded })) },
  { key: 'd', everywhere: false, name: 'd', does: 'light and dark', run: toggleTheme },
  { key: 'n', everywhere: false, name: 'n', does: 'new terminal', run: (page) => { const number = openTerminal(page); if (number !== null) focusTerminal(page, number); } },
  { key: '?', everywhere: false, name: '?', does: 'these keys', run: ({ store }) => store.setState({ helpOpen: true }) },
  { key: 'Escape', everywhere: false, name: 'Escape', does: 'close what is open: help, inspector', run: (page) => select(page, null) },
  { key: 'p', everywhere: true, name: 'Ctrl Alt p', does: 'pause and run, also from a terminal', run: togglePause },
  { key: 'f', everywhere: true, name: 'Ctrl Alt f', does: 'fill the centre with the terminal, and back', run: (page) => toggleFilled(page, page.store.getState().focusedTerminal) },
  ...[1, 2, 3, 4].map(terminalKey),
];

/** Where F6 goes, in this order. */
const PANES = '[data-pane]';

export function handleKey(page: Page, event: KeyboardEvent): void {
  if (event.defaultPrevented || page.store.getState().helpOpen) return;
  if (event.key === 'F6') {
    event.preventDefault();
    goToNextPane(event.shiftKey ? -1 : 1);
    return;
  }
  if (event.metaKey) return;
  const everywhere = event.ctrlKey && event.altKey;
  if (!everywhere && (event.ctrlKey || event.altKey || takesText(event.target))) return;
  const pressed = everywhere ? digitOrLetter(event) : event.key;
  const key = PAGE_KEYS.find((candidate) => candidate.everywhere === everywhere && candidate.key === pressed);
  if (!key || (pressed === ' ' && pressesOnSpace(event.target))) return;
  event.preventDefault();
  key.run(page);
}

export function focusTerminal(page: Page, number: number): void {
  ensureTerminal(page, number);
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-terminal="${number}"] textarea`)?.focus());
}

/** With Ctrl and Alt held `event.key` differs from keyboard to keyboard; the place of the key does not. */
function digitOrLetter(event: KeyboardEvent): string {
  return event.code.replace(/^(Digit|Key)/, '').toLowerCase();
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function pressesOnSpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, summary, a, [role="button"], [role="tab"]') !== null;
}

function goToNextPane(direction: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>(PANES)].filter((pane) => pane.offsetParent !== null);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + direction + panes.length) % panes.length];
  const inside = next?.querySelector<HTMLElement>('textarea, [role="tab"][aria-selected="true"], .cm-content, button');
  (inside ?? next)?.focus();
}

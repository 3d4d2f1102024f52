import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { Measures } from '../app/measures';
import { PADDING_X, PADDING_Y } from './terminal-layout';
import { EnteredLines } from './entered-lines';
import { refuseAnswers } from './refuse-answers';
import { terminalTheme } from './terminal-theme';

export interface XtermListener {
  onData(text: string): void;
  /** A line was entered: what stands on the screen where Enter was pressed, with its prompt. */
  onLine(line: string): void;
  onFocus(): void;
  onSearch(): void;
}

export interface Finder {
  next(text: string): boolean;
  previous(text: string): boolean;
  clear(): void;
}

const SCROLLBACK_LINES = 5000;

/**
 * One xterm in the page.
 *
 * Drawn as DOM, so that its text can be read by tests and screen readers. What programs print never does anything but print:
 * xterm's own answers to queries are refused, links open only when they are clicked.
 */
export class XtermScreen {
  private readonly terminal: Terminal;
  private readonly lines: EnteredLines;
  private readonly removeFocus: () => void;
  private looks = '';

  constructor(place: HTMLElement, listener: XtermListener) {
    this.terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: false,
      cursorInactiveStyle: 'outline',
      fontFamily: '"JetBrains Mono Variable", monospace',
      fontSize: 12,
      fontWeight: 400,
      fontWeightBold: 600,
      minimumContrastRatio: 4.5,
      scrollback: SCROLLBACK_LINES,
      macOptionIsMeta: true,
      linkHandler: { activate: (_event, uri) => openLink(uri) },
    });
    this.lines = new EnteredLines(this.terminal, (line) => listener.onLine(line));
    refuseAnswers(this.terminal);
    this.terminal.open(place);
    this.terminal.onData((text) => {
      listener.onData(text);
      this.lines.take(text);
    });
    this.terminal.attachCustomKeyEventHandler((event) => this.ownKey(event, listener));
    const onFocus = () => listener.onFocus();
    this.terminal.textarea?.addEventListener('focus', onFocus);
    // Space and capitals would stay in xterm's text area until Enter empties it, and a browser holds back what answers a key that changes the layout.
    this.terminal.textarea?.addEventListener('keypress', (event) => event.preventDefault());
    this.removeFocus = () => this.terminal.textarea?.removeEventListener('focus', onFocus);
    void this.loadRest();
  }

  write(text: string, done: () => void): void {
    this.terminal.write(text, done);
  }

  focus(): void {
    this.terminal.focus();
  }

  /** Takes type size and colours from the page, when they have changed. */
  look({ terminalType, terminal: { row } }: Measures, theme: string): void {
    const looks = `${terminalType} ${row} ${theme}`;
    if (looks === this.looks) return;
    this.looks = looks;
    this.terminal.options.fontSize = terminalType;
    this.terminal.options.lineHeight = 1;
    // The font's own line is whole px high; a hair more makes rounding down end at the wanted row.
    const own = this.cell().height;
    if (own > 0 && own < row) this.terminal.options.lineHeight = (row + 0.01) / own;
    this.terminal.options.theme = terminalTheme();
  }

  /** Fits into so many px; null for a place without size. */
  fit(width: number, height: number): { columns: number; rows: number } | null {
    const cell = this.cell();
    if (width <= PADDING_X || height <= PADDING_Y || cell.width === 0) return null;
    this.terminal.resize(Math.max(2, Math.floor((width - PADDING_X) / cell.width)), Math.max(1, Math.floor((height - PADDING_Y) / cell.height)));
    return { columns: this.terminal.cols, rows: this.terminal.rows };
  }

  async finder(): Promise<Finder> {
    const { SearchAddon } = await import('@xterm/addon-search');
    const addon = new SearchAddon();
    this.terminal.loadAddon(addon);
    return {
      next: (text) => addon.findNext(text),
      previous: (text) => addon.findPrevious(text),
      clear: () => addon.clearDecorations(),
    };
  }

  dispose(): void {
    this.removeFocus();
    this.terminal.dispose();
  }

  /** px of one letter's place, as it is drawn now. */
  private cell(): { width: number; height: number } {
    const screen = this.terminal.element?.querySelector<HTMLElement>('.xterm-screen');
    return { width: (screen?.offsetWidth ?? 0) / this.terminal.cols, height: (screen?.offsetHeight ?? 0) / this.terminal.rows };
  }

  /** What the prompt does not need comes after it. */
  private async loadRest(): Promise<void> {
    const [{ WebLinksAddon }, { Unicode11Addon }] = await Promise.all([import('@xterm/addon-web-links'), import('@xterm/addon-unicode11')]);
    if (!this.terminal.element) return;
    this.terminal.loadAddon(new WebLinksAddon((_event, uri) => openLink(uri)));
    this.terminal.loadAddon(new Unicode11Addon());
    this.terminal.unicode.activeVersion = '11';
  }

  /** False: the key is the page's and not the terminal's. */
  private ownKey(event: KeyboardEvent, listener: XtermListener): boolean {
    if (event.key === 'F6' || (event.ctrlKey && event.altKey && !event.getModifierState('AltGraph'))) return false;
    if (!event.ctrlKey || !event.shiftKey) return true;
    if (event.code === 'KeyF') {
      event.preventDefault();
      if (event.type === 'keydown') listener.onSearch();
      return false;
    }
    if (event.code === 'KeyC') {
      event.preventDefault();
      if (event.type === 'keydown' && this.terminal.hasSelection()) void navigator.clipboard?.writeText(this.terminal.getSelection());
      return false;
    }
    // The browser's own "paste as text" comes back as a paste event, which xterm brackets.
    return event.code !== 'KeyV';
  }
}

/** Only what a browser may open safely, and only because somebody clicked. */
function openLink(uri: string): void {
  if (/^https?:\/\//i.test(uri)) open(uri, '_blank', 'noopener,noreferrer');
}

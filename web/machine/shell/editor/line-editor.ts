import { EditorDisplay, type PromptText } from './display';
import type { EditorEnvironment } from './editor-environment';
import { EDITOR_COMMANDS, INSERTING } from './editor-commands';
import { HistorySearch } from './history-search';
import { HistoryWalk } from './history-walk';
import { type Key, KeyDecoder } from './key-decoder';
import { KillRing } from './kill-ring';
import { LineBuffer } from './line-buffer';
import { TabCompletion } from './tab-completion';

export type EditorResult = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'interrupted' } | { readonly kind: 'end' };

/** So many ordinary characters at once were not typed by hand: they are drawn together. */
const PLAIN_RUN = /^[^\x00-\x1f\x7f]{32,}/;

/**
 * Reads one line with readline's emacs keys. Synchronous: keys come in by `feed`, which draws at once.
 */
export class LineEditor {
  readonly buffer = new LineBuffer();
  readonly display: EditorDisplay;
  readonly walk: HistoryWalk;
  readonly tab: TabCompletion;
  result: EditorResult | undefined;
  lastCommand = '';
  private readonly decoder = new KeyDecoder();
  private search: HistorySearch | undefined;
  private quoting = false;

  constructor(
    readonly environment: EditorEnvironment,
    readonly prompt: PromptText,
    readonly kills: KillRing,
  ) {
    this.display = new EditorDisplay((text) => environment.send(text), () => environment.columns());
    this.walk = new HistoryWalk(environment.history, this.buffer);
    this.tab = new TabCompletion(this);
    this.display.start(prompt);
  }

  /** Handles keys up to the end of the line and returns what follows it. */
  feed(keys: string): string {
    let rest = keys;
    while (this.result === undefined) {
      const run = this.takesRuns ? PLAIN_RUN.exec(rest)?.[0] : undefined;
      if (run !== undefined) {
        this.insert(run, INSERTING);
        rest = rest.slice(run.length);
        continue;
      }
      const decoded = this.decoder.next(rest);
      if (decoded === undefined) return '';
      rest = decoded.rest;
      this.key(decoded.key);
    }
    return rest;
  }

  bell(): void {
    this.environment.send('\x07');
  }

  refresh(): void {
    this.display.update(this.buffer.chars, this.buffer.cursor);
  }

  redraw(): void {
    this.display.redraw(this.prompt, this.buffer.chars, this.buffer.cursor);
  }

  /** The window has another width: the line wraps elsewhere. */
  redrawAfterResize(): void {
    if (this.result === undefined && this.search === undefined && !this.tab.asking) this.display.replacePrompt(this.prompt, this.buffer.chars, this.buffer.cursor);
  }

  accept(): void {
    this.display.update(this.buffer.chars, this.buffer.cursor);
    this.display.finish();
    this.result = { kind: 'line', text: this.buffer.text };
  }

  endOfInput(): void {
    this.result = { kind: 'end' };
  }

  startSearch(backward: boolean): void {
    this.search = new HistorySearch(this.environment.history, this.buffer, backward);
    this.showSearch();
  }

  quoteNext(): void {
    this.quoting = true;
  }

  /** True when every ordinary character goes into the line. */
  private get takesRuns(): boolean {
    return !this.quoting && this.search === undefined && !this.tab.asking && !this.decoder.waits;
  }

  private key(key: Key): void {
    if (key.name === 'C-c') {
      this.interrupt();
      return;
    }
    if (this.quoting) {
      this.quoting = false;
      this.insert(key.text, 'quoted');
    } else if (this.search !== undefined) this.searchKey(key);
    else if (this.tab.asking) this.tab.answer(key);
    else this.command(key);
  }

  private command(key: Key): void {
    const inserting = key.name === 'text' || key.name === 'paste';
    if (inserting) {
      this.insert(key.text.replace(/\r\n?/g, '\n'), INSERTING);
      return;
    }
    const command = EDITOR_COMMANDS[key.name];
    if (command === undefined) {
      if (key.name.startsWith('M-') || key.name.startsWith('C-')) this.bell();
      return;
    }
    command(this, key);
    this.lastCommand = key.name;
    if (this.result === undefined && this.search === undefined && !this.tab.asking) this.refresh();
  }

  private insert(text: string, command: string): void {
    if (this.lastCommand !== command || text.length > 1) this.buffer.remember();
    if (!this.buffer.insert(text)) this.bell();
    this.lastCommand = command;
    this.refresh();
  }

  private interrupt(): void {
    this.search = undefined;
    this.display.update(this.buffer.chars, this.buffer.chars.length);
    this.environment.send('^C');
    this.environment.send('\n');
    this.result = { kind: 'interrupted' };
  }

  private searchKey(key: Key): void {
    const search = this.search as HistorySearch;
    const outcome = search.key(key);
    if (outcome === 'more') {
      if (search.failed && search.justFailed) this.bell();
      this.showSearch();
      return;
    }
    this.search = undefined;
    this.display.replacePrompt(this.prompt, this.buffer.chars, this.buffer.cursor);
    if (outcome === 'pass') this.command(key);
  }

  private showSearch(): void {
    const search = this.search as HistorySearch;
    const text = search.prompt;
    this.display.replacePrompt({ shown: text, visible: text }, this.buffer.chars, this.buffer.cursor);
  }
}

import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentUnit, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { properties } from '@codemirror/legacy-modes/mode/properties';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { Compartment, EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { parseDocument } from 'yaml';

export interface Editor {
  text(): string;
  focus(): void;
  look(theme: 'light' | 'dark'): void;
  destroy(): void;
}

/** An editor for one text. Escape leaves it, since Tab indents. */
export function createEditor(place: HTMLElement, options: { text: string; path: string; onChange: () => void; onSave: (text: string) => void; onLeave: () => void }): Editor {
  const look = new Compartment();
  const saveKey = { key: 'Mod-s', preventDefault: true, run: (editor: EditorView) => { options.onSave(editor.state.doc.toString()); return true; } };
  const leaveKey = { key: 'Escape', run: () => { options.onLeave(); return true; } };
  const view = new EditorView({
    parent: place,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), history(), drawSelection(), bracketMatching(), indentUnit.of('  '),
        syntaxHighlighting(COLOURS), look.of(themeFor('light')), language(options.path),
        keymap.of([saveKey, leaveKey, indentWithTab, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': `Text of ${options.path}`, tabindex: '0' }),
        EditorView.updateListener.of((update) => { if (update.docChanged) options.onChange(); }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    look: (theme) => view.dispatch({ effects: look.reconfigure(themeFor(theme)) }),
    destroy: () => view.destroy(),
  };
}

function language(path: string): Extension {
  if (/\.ya?ml$/.test(path)) return [yaml(), lintGutter(), linter(yamlProblems)];
  if (/\.properties$|\.env$/.test(path)) return StreamLanguage.define(properties);
  if (/\.sh$|profile$|rc$/.test(path)) return StreamLanguage.define(shell);
  return [];
}

/** What makes a text no YAML, at its place. What compose says of a file is its own affair, in the terminal. */
function yamlProblems(view: EditorView): Diagnostic[] {
  const text = view.state.doc.toString();
  return parseDocument(text, { prettyErrors: false }).errors.map(({ pos: [from, to], message }) => ({
    from: Math.min(from, text.length), to: Math.min(to, text.length), severity: 'error', message: `Not valid YAML: ${message}`,
  }));
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--ansi-5)' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.variableName], color: 'var(--ansi-4)' },
  { tag: [tags.string, tags.content], color: 'var(--ansi-2)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--ansi-6)' },
  { tag: tags.comment, color: 'var(--ansi-8)' },
  { tag: [tags.meta, tags.punctuation], color: 'var(--text-2)' },
]);

function themeFor(theme: 'light' | 'dark'): Extension {
  return EditorView.theme({
    '&': { height: '100%', color: 'var(--term-fg)', backgroundColor: 'var(--surface-terminal)', fontSize: 'var(--type-terminal)' },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', fontVariantLigatures: 'none', lineHeight: 'var(--leading-terminal)' },
    '.cm-gutters': { backgroundColor: 'var(--surface-terminal)', color: 'var(--text-3)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--line-1) 45%, transparent)' },
    '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--term-cursor)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--term-selection)' },
    '&.cm-focused': { outline: 'none' },
  }, { dark: theme === 'dark' });
}

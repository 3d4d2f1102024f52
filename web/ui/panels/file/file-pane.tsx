import { Save } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { usePage, usePageState } from '../../store/page';
import { createEditor } from './editor';
import type { Editor } from './editor';
import './file.css';

type State = 'loading' | 'absent' | 'saved' | 'changed';
const WORDS: Readonly<Record<State, string>> = { loading: 'Reading the file', absent: 'There is no such file yet; saving makes it.', saved: 'saved', changed: 'not saved' };

/** A file of the laptop in an editor. Saving writes it there. `path` is absolute. */
export default function FilePane({ path }: { path: string }) {
  const { session, store } = usePage();
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const theme = usePageState((state) => state.theme);
  const [state, setState] = useState<State>('loading');
  const save = useCallback((text: string) => {
    session.send({ kind: 'file.save', path, text });
    setState('saved');
  }, [session, path]);
  useEffect(() => {
    let gone = false;
    let created: Editor | null = null;
    void session.readFile(path).then((text) => {
      if (gone || !place.current) return;
      const onLeave = () => store.setState({ fileInFront: false });
      created = createEditor(place.current, { text: text ?? '', path, onChange: () => setState('changed'), onSave: save, onLeave });
      created.focus();
      setEditor(created);
      setState(text === null ? 'absent' : 'saved');
    });
    return () => {
      gone = true;
      created?.destroy();
    };
  }, [session, store, path, save]);
  useEffect(() => editor?.look(theme), [editor, theme]);
  return (
    <section className="file-pane" aria-label={`File ${path}`} data-pane data-testid="file-pane">
      <div className="file-head">
        <span className="file-path">{path.replace(/^\/home\/student/, '~')}</span>
        <span role="status" data-testid="file-state">{WORDS[state]}</span>
        <button type="button" className="btn small line push" disabled={state === 'loading' || state === 'saved'} onClick={() => { if (editor) save(editor.text()); }}>
          <Save className="icon" aria-hidden="true" />Save <kbd>Ctrl S</kbd>
        </button>
      </div>
      <div className="file-editor" ref={place} />
    </section>
  );
}

import { Save } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { usePage, usePageState } from '../../store/page';
import { createEditor } from './editor';
import type { Editor } from './editor';
import './file.css';

type State = 'loading' | 'absent' | 'saved' | 'changed';
const WORDS: Readonly<Record<State, string>> = { loading: 'Reading the file', absent: 'There is no such file yet; saving makes it.', saved: 'saved', changed: 'not saved' };

/** A file of the laptop in an editor. Saving writes it there. `path` is absolute. */
export default function FilePane({ path }: { path: string }) {
  const page = usePage();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const theme = usePageState((state) => state.theme);
  const [state, setState] = useState<State>('loading');
  const save = useRef(() => undefined as void);
  save.current = () => {
    if (!editor.current) return;
    page.session.send({ kind: 'file.save', path, text: editor.current.text() });
    setState('saved');
  };
  useEffect(() => {
    let gone = false;
    void page.session.readFile(path).then((text) => {
      if (gone || !place.current) return;
      editor.current = createEditor(place.current, {
        text: text ?? '', path, onChange: () => setState('changed'), onSave: () => save.current(),
        onLeave: () => page.store.setState({ fileInFront: false }),
      });
      setState(text === null ? 'absent' : 'saved');
      editor.current.focus();
    });
    return () => {
      gone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [page, path]);
  useEffect(() => editor.current?.look(theme), [theme, state]);
  return (
    <section className="file-pane" aria-label={`File ${path}`} data-pane data-testid="file-pane">
      <div className="file-head">
        <span className="file-path">{path.replace(/^\/home\/student/, '~')}</span>
        <span role="status" data-testid="file-state">{WORDS[state]}</span>
        <button type="button" className="btn small line push" disabled={state === 'loading' || state === 'saved'} onClick={() => save.current()}>
          <Save className="icon" aria-hidden="true" />Save <kbd>Ctrl S</kbd>
        </button>
      </div>
      <div className="file-editor" ref={place} />
    </section>
  );
}

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../app/icon-button';
import type { Finder, XtermScreen } from './xterm-screen';

/** Finds text in what a terminal has printed. */
export function TerminalSearch({ screen, onClose }: { screen: XtermScreen; onClose: () => void }) {
  const [finder, setFinder] = useState<Finder | null>(null);
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState(true);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let loaded: Finder | null = null;
    void screen.finder().then((ready) => { loaded = ready; setFinder(ready); });
    return () => loaded?.clear();
  }, [screen]);
  const search = (way: 'next' | 'previous') => setFound(text === '' || (finder?.[way](text) ?? true));
  return (
    <form className="terminal-search" aria-label="Find in the terminal" onSubmit={(event) => { event.preventDefault(); search('previous'); }}>
      <label className="sr-only" htmlFor="terminal-search">Find in the terminal</label>
      <input id="terminal-search" ref={field} value={text} placeholder="Find" onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => { if (event.key === 'Escape') onClose(); }} />
      {!found && <span role="status">not found</span>}
      <IconButton icon={ChevronUp} name="Further up" onClick={() => search('previous')} />
      <IconButton icon={ChevronDown} name="Further down" onClick={() => search('next')} />
      <IconButton icon={X} name="Close" onClick={onClose} />
    </form>
  );
}

import { useEffect, useRef, useState } from 'react';
import { Hourglass } from 'lucide-react';
import { useMeasures } from '../app/measures';
import { enterLine, toggleFilled } from '../store/actions';
import { usePage, usePageState } from '../store/page';
import { XtermScreen } from './xterm-screen';
import type { Box } from './terminal-layout';
import { TerminalSearch } from './terminal-search';
import { TerminalTitle } from './terminal-title';
import { TerminalTools } from './terminal-tools';

/** One terminal with its title bar. `titled` is false when tabs above it name it. */
export function TerminalPane({ number, box, hidden, titled }: { number: number; box: Box; hidden: boolean; titled: boolean }) {
  const page = usePage();
  const place = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<XtermScreen | null>(null);
  const detach = useRef<(() => void) | null>(null);
  const [searching, setSearching] = useState(false);
  const measures = useMeasures();
  const theme = usePageState((state) => state.theme);
  const focused = usePageState((state) => state.focusedTerminal === number);
  const inputWaits = usePageState((state) => state.snapshot?.terminals.find((other) => other.number === number)?.inputWaits ?? false);
  const { titleHeight } = measures.terminal;

  useEffect(() => {
    if (!place.current) return;
    const created = new XtermScreen(place.current, {
      onData: (text) => page.session.type(number, text),
      onLine: (line) => enterLine(page, line),
      onFocus: () => page.store.setState({ focusedTerminal: number }),
      onSearch: () => setSearching(true),
    });
    setScreen(created);
    if (page.store.getState().focusedTerminal === number) created.focus();
    return () => {
      detach.current?.();
      detach.current = null;
      created.dispose();
    };
  }, [page, number]);

  useEffect(() => {
    if (!screen || hidden) return;
    screen.look(measures, theme);
    const size = screen.fit(box.width, box.height - measures.terminal.titleHeight);
    if (!size) return;
    // What was printed before has to meet the size that it was printed for.
    detach.current ??= page.session.sink(number).attach((text, done) => screen.write(text, done));
    page.session.sizeTerminal(number, size.columns, size.rows);
  }, [page, number, screen, hidden, box.width, box.height, measures, theme]);

  return (
    <section className={`terminal${focused ? ' on' : ''}`} hidden={hidden} style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-terminal={number} data-pane data-testid={`terminal-${number}`} aria-label={`Terminal ${number}`}>
      {titled
        ? <div className="terminal-bar" onDoubleClick={() => toggleFilled(page, number)}><TerminalTitle number={number} /><TerminalTools number={number} shared={false} /></div>
        : <div className="terminal-bar-place" style={{ height: titleHeight }} />}
      <div className="terminal-screen" ref={place} />
      {inputWaits && <p className="terminal-waits" role="status"><Hourglass className="icon" aria-hidden="true" />Time is paused: this key waits until it runs.</p>}
      {searching && screen && <TerminalSearch screen={screen} onClose={() => { setSearching(false); screen.focus(); }} />}
    </section>
  );
}

import { FileText } from 'lucide-react';
import { usePage, usePageState } from '../store/page';
import { focusTerminal } from '../app/keys';
import { TerminalTitle } from './terminal-title';
import { TerminalTools } from './terminal-tools';

/** One title bar for terminals that share a place, and for the file beside them. */
export function DockTabs({ front }: { front: number | 'file' | null }) {
  const page = usePage();
  const terminals = usePageState((state) => state.terminals);
  const openFile = usePageState((state) => state.openFile);
  return (
    <div className="terminal-bar tabbed">
      <div role="tablist" aria-label="Terminals" className="terminal-tabs">
        {terminals.map((number) => (
          <button type="button" key={number} role="tab" aria-selected={front === number} className="terminal-tab" tabIndex={front === number ? 0 : -1}
            onClick={() => focusTerminal(page, number)}>
            <TerminalTitle number={number} />
          </button>
        ))}
        {openFile !== null && (
          <button type="button" role="tab" aria-selected={front === 'file'} className="terminal-tab" tabIndex={front === 'file' ? 0 : -1}
            onClick={() => page.store.setState({ fileInFront: true })}>
            <FileText className="icon" aria-hidden="true" /><b>{openFile.split('/').pop()}</b>
          </button>
        )}
      </div>
      <TerminalTools number={typeof front === 'number' ? front : null} shared />
    </div>
  );
}

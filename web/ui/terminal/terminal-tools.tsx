import { Columns2, Maximize2, Plus, X } from 'lucide-react';
import { focusTerminal } from '../app/keys';
import { closeTerminal, openTerminal, toggleFilled } from '../store/actions';
import { usePage, usePageState } from '../store/page';

/** Buttons at the right end of a title bar. `number` is the terminal that they are about; null when a file is in front. */
export function TerminalTools({ number, shared }: { number: number | null; shared: boolean }) {
  const page = usePage();
  const count = usePageState((state) => state.terminals.length);
  const focused = usePageState((state) => state.focusedTerminal);
  const filled = usePageState((state) => state.filledTerminal);
  const preferTabs = usePageState((state) => state.preferTabs);
  const file = usePageState((state) => state.openFile);
  const size = usePageState((state) => (number === null ? undefined : state.terminalSizes[number]));
  return (
    <span className="terminal-tools">
      {size && <span className="terminal-size">{size.columns}×{size.rows}</span>}
      {(shared || focused === number) && count < 4 && (
        <ToolButton icon={Plus} name="New terminal" onClick={() => { const opened = openTerminal(page); if (opened !== null) focusTerminal(page, opened); }} />
      )}
      {shared && count > 1 && file === null && filled === null && (
        <ToolButton icon={Columns2} name="All terminals at once" pressed={!preferTabs} onClick={() => page.store.setState({ preferTabs: !preferTabs })} />
      )}
      {number !== null && (
        <ToolButton icon={Maximize2} name={`Fill the centre with terminal ${number}`} pressed={filled === number} onClick={() => toggleFilled(page, number)} />
      )}
      {number !== null && count > 1 && <ToolButton icon={X} name={`Close terminal ${number}`} onClick={() => closeTerminal(page, number)} />}
      {number === null && file !== null && <ToolButton icon={X} name="Close the file" onClick={() => page.store.setState({ openFile: null, fileInFront: false })} />}
    </span>
  );
}

function ToolButton(props: { icon: typeof Plus; name: string; pressed?: boolean; onClick: () => void }) {
  const { icon: Icon, name, pressed, onClick } = props;
  return (
    <button type="button" className="tool" aria-label={name} title={name} aria-pressed={pressed} onClick={(event) => { event.stopPropagation(); onClick(); }}>
      <Icon className="icon" aria-hidden="true" />
    </button>
  );
}

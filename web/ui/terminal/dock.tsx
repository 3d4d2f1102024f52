import { lazy, Suspense, useState } from 'react';
import { usePageState } from '../store/page';
import { useMeasures } from '../app/measures';
import { DockTabs } from './dock-tabs';
import { terminalLayout } from './terminal-layout';
import type { Box, SeamShares } from './terminal-layout';
import { Splitter } from '../app/splitter';
import { TerminalPane } from './terminal-pane';
import './dock.css';

const FilePane = lazy(() => import('../panels/file/file-pane'));

/** The terminals, and the file pane as a tab beside them. `width` and `height` are the dock's, in px. */
export function Dock({ width, height }: { width: number; height: number }) {
  const terminals = usePageState((state) => state.terminals);
  const focused = usePageState((state) => state.focusedTerminal);
  const filled = usePageState((state) => state.filledTerminal);
  const preferTabs = usePageState((state) => state.preferTabs);
  const openFile = usePageState((state) => state.openFile);
  const fileInFront = usePageState((state) => state.fileInFront);
  const generation = usePageState((state) => state.generation);
  const { terminal: metrics } = useMeasures();
  const [shares, setShares] = useState<SeamShares>({});
  const whole: Box = { x: 0, y: 0, width, height };
  const layout = terminalLayout(terminals.length, { width, height, metrics, shares, preferTabs: preferTabs || openFile !== null || filled !== null });
  const tabbed = layout.mode === 'tabs';
  const front = filled ?? (terminals.includes(focused) ? focused : terminals[0]);
  return (
    <section className="dock" aria-label="Terminals" data-layout={layout.mode}>
      {tabbed && <DockTabs front={fileInFront && openFile ? 'file' : front ?? null} />}
      {terminals.map((number, index) => (
        <TerminalPane key={`${generation}-${number}`} number={number} box={layout.boxes[index] ?? whole}
          hidden={tabbed && (number !== front || (fileInFront && openFile !== null))} titled={!tabbed} />
      ))}
      {layout.seams.map((seam) => (
        <Splitter key={seam.name} {...seam} name={`Terminals, ${seam.name}`} onReset={() => setShares((known) => without(known, seam.name))}
          onMove={(position) => setShares((known) => ({ ...known, [seam.name]: position / (seam.orientation === 'vertical' ? width : height) }))} />
      ))}
      {openFile !== null && (
        <div className="file-place" hidden={!fileInFront} style={{ top: metrics.titleHeight, height: height - metrics.titleHeight }}>
          <Suspense fallback={<p className="file-loading">Loading the editor</p>}><FilePane key={`${generation}-${openFile}`} path={openFile} /></Suspense>
        </div>
      )}
    </section>
  );
}

function without(shares: SeamShares, name: string): SeamShares {
  return Object.fromEntries(Object.entries(shares).filter(([other]) => other !== name));
}

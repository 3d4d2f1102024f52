import { useState } from 'react';
import { Stage } from '../panels/stage/stage';
import { usePageState } from '../store/page';
import { Dock } from '../terminal/dock';
import { useMeasures, useSize } from './measures';
import type { Measures } from './measures';
import { Splitter } from './splitter';
import { leastHeight } from '../terminal/terminal-layout';

const LEAST_STAGE = 240;

/** The stage above the terminals, with a line between them that can be moved; or one of the two alone. */
export function Centre({ only }: { only: 'stage' | 'terminals' | null }) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const { width, height } = useSize(element);
  const measures = useMeasures();
  const count = usePageState((state) => state.terminals.length);
  const filled = usePageState((state) => state.filledTerminal !== null);
  const [moved, setMoved] = useState<number | null>(null);
  const least = measures.tabs + LEAST_STAGE;
  const most = height - leastHeight(measures.terminal);
  const wished = moved ?? defaultStage(count, height, width, measures);
  const alone = only ?? (filled ? 'terminals' : null);
  const split = alone === 'terminals' ? 0 : alone === 'stage' ? height : Math.round(Math.max(least, Math.min(most, wished)));
  return (
    <section className="centre" ref={setElement} style={{ gridTemplateRows: `${split}px minmax(0, 1fr)` }}>
      {alone === 'terminals' ? <span /> : <Stage />}
      {height > 0 && alone !== 'stage' && <Dock width={width} height={height - split} />}
      {alone === null && <Splitter name="Height of the stage" orientation="horizontal" position={split} least={least} most={most} onMove={setMoved} onReset={() => setMoved(null)} />}
    </section>
  );
}

/** So high that the picture of one broker has its size, and each terminal that stands below another its rows. */
function defaultStage(count: number, height: number, width: number, measures: Measures): number {
  const sideBySide = (width - 1) / 2 >= 80 * measures.terminal.column + 16;
  const rows = rowsOfTerminals(count, sideBySide);
  if (measures.wide) return Math.min(height - 288, measures.tabs + (rows > 1 ? 584 : 648));
  if (rows <= 1) return measures.tabs + 408;
  return Math.max(measures.tabs + 304, height - rows * 96 - (rows > 2 ? 8 : 88));
}

/** Four that would have to be stacked become tabs. */
function rowsOfTerminals(count: number, sideBySide: boolean): number {
  if (sideBySide) return Math.ceil(count / 2);
  return count > 3 ? 1 : count;
}

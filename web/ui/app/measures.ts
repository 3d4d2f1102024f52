import { useEffect, useState } from 'react';
import type { TerminalMetrics } from '../terminal/terminal-layout';

/** Figures that follow the one step of size at 1600 px; the same values as in tokens.css, for what is laid out by code. */
export interface Measures {
  readonly wide: boolean;
  readonly terminalType: number;
  readonly terminal: TerminalMetrics;
  /** Tabs above the stage. */
  readonly tabs: number;
}

const BASE: Measures = { wide: false, terminalType: 12, terminal: { column: 7.2, row: 16, titleHeight: 24 }, tabs: 32 };
const WIDE: Measures = { wide: true, terminalType: 14, terminal: { column: 8.4, row: 20, titleHeight: 32 }, tabs: 40 };
const STEP = '(min-width: 1600px)';

export function useMeasures(): Measures {
  const [wide, setWide] = useState(() => matchMedia(STEP).matches);
  useEffect(() => {
    const query = matchMedia(STEP);
    const onChange = () => setWide(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return wide ? WIDE : BASE;
}

/** The size of an element as it changes, in whole px; 0 before it is laid out. */
export function useSize(element: HTMLElement | null): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

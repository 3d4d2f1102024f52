import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LabBlock, LabPiece } from '../../../lab/lab-document';
import { usePage, usePageState } from '../../store/page';
import { Playing } from './lab-player';
import type { LabPlayer } from './lab-player';
import { enteredBlocks } from './typed-lines';

/** Plays blocks one run at a time; a run ends with the page. */
export function useLabPlayer(): LabPlayer {
  const page = usePage();
  const running = useRef<Playing | null>(null);
  const [playing, setPlaying] = useState(false);
  const [played, setPlayed] = useState<ReadonlySet<LabBlock>>(new Set());
  const lab = usePageState((state) => state.lab);
  const entered = usePageState((state) => state.enteredLines);
  const typed = useMemo(() => new Set([...played, ...(lab ? enteredBlocks(lab, entered) : [])]), [played, lab, entered]);
  const stop = useCallback(() => running.current?.stop(), []);
  const play = useCallback((pieces: readonly LabPiece[]) => {
    if (running.current) return;
    const run = new Playing(page, (block) => setPlayed((known) => new Set(known).add(block)));
    running.current = run;
    setPlaying(true);
    void run.run(pieces).finally(() => {
      running.current = null;
      setPlaying(false);
    });
  }, [page]);
  useEffect(() => () => running.current?.stop(), []);
  return useMemo(() => ({ playing, typed, play, stop }), [playing, typed, play, stop]);
}

import * as fflate from 'fflate';
import { playTapeText } from '../../web/cli/tape/play-tape-text';
import type { LabData } from '../../web/lab/lab-data';

/** Plays a tape in the page's own thread, for a test that compares its trace with Node's. */
export function play(text: string, labs: readonly LabData[]): { state: string; events: number } {
  const { state, events } = playTapeText(text, { seed: 1, labs, libraries: { fflate } });
  return { state, events };
}

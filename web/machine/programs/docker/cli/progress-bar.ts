import type { PullEvent } from '../../../docker/image-pull';
import { humanSize } from './human-units';

const BAR = 50;

/** What stands behind a layer's status: a bar (where there is room) and the sizes; empty when there is no progress to show. */
export function progressText(progress: PullEvent['progress'], columns: number): string {
  if (progress === undefined || progress === 'none') return '';
  const { current, total } = progress;
  const half = Math.min(BAR, Math.floor(Math.floor((current / total) * 100) / 2));
  const bar = columns > 110 ? `[${'='.repeat(half)}>${' '.repeat(BAR - half)}] ` : '';
  return `${bar}${humanSize(current, 4).padStart(8)}/${humanSize(total, 4)}`;
}

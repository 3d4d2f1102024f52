import type { ReactNode } from 'react';
import type { TopicSnapshot } from '../../../session/snapshot';
import { Cell } from '../../drawing/cell';
import type { CellKind } from '../../drawing/cell';
import { GroupMark, MarkGlyph } from '../../drawing/marks';
import { Label } from '../../drawing/svg-text';
import { TAPE_SIZES, tapeScale } from '../../drawing/tape-scale';
import { textWidth } from '../../drawing/text-width';
import type { TopicSizes } from './topic-sizes';

interface Entry { readonly word: string; readonly width: number; draw(x: number, mid: number): ReactNode }

const cellEntry = (kind: CellKind, word: string): Entry => ({
  word, width: 14, draw: (x, mid) => <Cell tape={tapeScale({ x, y: mid - 8, size: { ...TAPE_SIZES.S, height: 16 }, from: 0 })} offset={0} kind={kind} />,
});

/** What the shapes mean, of those that this topic shows. */
export function Legend({ topic, hasGroups, mid, sizes }: { topic: TopicSnapshot; hasGroups: boolean; mid: number; sizes: TopicSizes }) {
  const kinds = new Set(topic.partitions.flatMap((partition) => partition.records.map((record) => record.kind)));
  const { k } = sizes;
  const entries: Entry[] = [
    { word: 'high watermark: what is left of it can be read', width: 10 * k, draw: (x, m) => <MarkGlyph kind="hw" x={x + 8 * k} mid={m} k={k} /> },
    { word: 'log end: the next record goes here', width: 10 * k, draw: (x, m) => <MarkGlyph kind="end" x={x} mid={m} k={k} /> },
    ...(kinds.has('tombstone') ? [cellEntry('tombstone', 'tombstone')] : []),
    ...(kinds.has('commit') ? [cellEntry('commit', 'commit marker')] : []),
    ...(kinds.has('abort') ? [cellEntry('abort', 'abort marker')] : []),
    ...(hasGroups ? [
      { word: 'committed', width: 12 * k, draw: (x: number, m: number) => <GroupMark x={x + 6 * k} tip={m - 4 * k} kind="committed" k={k} /> },
      { word: 'position', width: 12 * k, draw: (x: number, m: number) => <GroupMark x={x + 6 * k} tip={m - 4 * k} kind="position" k={k} /> },
      { word: 'read again after a crash', width: 16, draw: (x: number, m: number) => <path d={`M${x} ${m}h16`} className="s-text-2" strokeWidth={2} /> },
    ] : []),
  ];
  let x = sizes.pad;
  return (
    <g>
      {entries.map((entry) => {
        const at = x;
        x += entry.width + 6 + textWidth(entry.word, sizes.fontSize) + sizes.legendGap;
        return <g key={entry.word}>{entry.draw(at, mid)}<Label x={at + entry.width + 6} mid={mid} text={entry.word} cls="t-label c-2" /></g>;
      })}
    </g>
  );
}

import type { TopicSnapshot } from '../../../session/snapshot';
import { Cell } from '../../drawing/cell';
import type { CellKind } from '../../drawing/cell';
import { GroupMark, MarkGlyph } from '../../drawing/marks';
import { Label } from '../../drawing/svg-text';
import { TAPE_SIZES, tapeScale } from '../../drawing/tape-scale';
import { sideBySide, textWidth } from '../../drawing/text-width';
import type { TopicSizes } from './topic-sizes';

type Glyph = 'hw' | 'end' | 'committed' | 'position' | 'again' | CellKind;
interface Entry { readonly glyph: Glyph; readonly word: string }

const LOG: readonly Entry[] = [
  { glyph: 'hw', word: 'high watermark: what is left of it can be read' },
  { glyph: 'end', word: 'log end: the next record goes here' },
];
const KINDS: readonly Entry[] = [
  { glyph: 'tombstone', word: 'tombstone' },
  { glyph: 'commit', word: 'commit marker' },
  { glyph: 'abort', word: 'abort marker' },
];
const GROUPS: readonly Entry[] = [
  { glyph: 'committed', word: 'committed' },
  { glyph: 'position', word: 'position' },
  { glyph: 'again', word: 'read again after a crash' },
];
const GLYPH_WIDTH = 14;

/** What the shapes mean, of those that this topic shows. */
export function Legend({ topic, hasGroups, mid, sizes }: { topic: TopicSnapshot; hasGroups: boolean; mid: number; sizes: TopicSizes }) {
  const kinds: ReadonlySet<string> = new Set(topic.partitions.flatMap((partition) => partition.records.map((record) => record.kind)));
  const entries = [...LOG, ...KINDS.filter(({ glyph }) => kinds.has(glyph)), ...(hasGroups ? GROUPS : [])];
  const glyphWidth = GLYPH_WIDTH * sizes.k;
  const places = sideBySide(entries.map(({ word }) => glyphWidth + 6 + textWidth(word, sizes.fontSize) + sizes.legendGap), sizes.pad);
  return (
    <g>
      {entries.map(({ glyph, word }, index) => (
        <g key={word}>
          <LegendGlyph glyph={glyph} x={places[index]!} mid={mid} k={sizes.k} />
          <Label x={places[index]! + glyphWidth + 6} mid={mid} text={word} cls="t-label c-2" />
        </g>
      ))}
    </g>
  );
}

function LegendGlyph({ glyph, x, mid, k }: { glyph: Glyph; x: number; mid: number; k: number }) {
  switch (glyph) {
    case 'hw': return <MarkGlyph kind="hw" x={x + 8 * k} mid={mid} k={k} />;
    case 'end': return <MarkGlyph kind="end" x={x + 2} mid={mid} k={k} />;
    case 'committed':
    case 'position': return <GroupMark x={x + 6 * k} tip={mid - 4 * k} kind={glyph} k={k} />;
    case 'again': return <path d={`M${x} ${mid}h${GLYPH_WIDTH * k}`} className="s-text-2" strokeWidth={2} />;
    default: return <Cell tape={tapeScale({ x, y: mid - 8, size: { ...TAPE_SIZES.S, height: 16 }, from: 0 })} offset={0} kind={glyph} />;
  }
}

import type { Snapshot } from '../../../session/snapshot';
import { TAPE_SIZES, chooseTapeSize, tapeScale, windowStart } from '../../drawing/tape-scale';
import type { TapeScale, TapeSize } from '../../drawing/tape-scale';
import { textWidth } from '../../drawing/text-width';
import { groupDigits } from '../../drawing/wire';
import type { ClusterSizes } from './cluster-sizes';

/** `full`: tape with write and read lanes and offsets. `compact`: tape with its marks in words below. `bar`: one line. */
export type RowForm = 'full' | 'compact' | 'bar';

/** One partition: a row that runs across all brokers. */
export interface RowPlace {
  readonly topic: string;
  readonly partition: number;
  readonly y: number;
  readonly labelMid: number;
  readonly tapeY: number;
  readonly tape: TapeSize;
  /** From the left edge of a card to the first cell. */
  readonly tapeDx: number;
  /** From the left edge of a card to its bars, so that they all begin at one place. */
  readonly barDx: number;
  /** px of cells; what is right of them is for words. */
  readonly tapeWidth: number;
  /** Where records come in, above the tape, and leave, below it. */
  readonly writeY: number;
  readonly readY: number;
  /** Tips of the triangles of groups. */
  readonly readTip: number;
  /** Middle of the offsets or the words under the cells. */
  readonly underMid: number;
}

export interface Rows {
  readonly form: RowForm;
  readonly rows: readonly RowPlace[];
  readonly cardHeight: number;
}

/** A partition's window shows at least so many offsets when the log has them. */
const WANTED_OFFSETS = 9;
const WANTED_OFFSETS_MANY = 12;

export function layoutRows(
  snapshot: Pick<Snapshot, 'brokers' | 'topics' | 'clients'>,
  card: { top: number; width: number; room: number; single: boolean },
  sizes: ClusterSizes,
): Rows {
  const partitions = snapshot.topics.filter((topic) => !topic.isInternal)
    .flatMap((topic) => topic.partitions.map(({ partition }) => ({ topic: topic.topic, partition })));
  const folded = snapshot.topics.some((topic) => topic.isInternal) ? sizes.foldGap + sizes.foldHeight : sizes.foldGap;
  const longest = longestLog(snapshot);
  const count = Math.max(1, partitions.length);
  const room = card.room - sizes.head - folded;
  const words = card.single ? shortWords(snapshot, sizes) : 0;
  const inside = card.width - 2 * sizes.inner - 8;
  const wanted = Math.min(longest, card.single ? WANTED_OFFSETS : WANTED_OFFSETS_MANY);
  const chosen = chooseTapeSize(card.single ? sizes.tapes : sizes.tapesMany, inside - words, wanted);
  const make = (form: RowForm, tape: TapeSize): Rows => {
    const pitch = rowHeight(form, tape, sizes);
    const barDx = sizes.inner + Math.max(0, ...partitions.map(({ topic, partition }) => textWidth(`${topic}-${partition}`, sizes.fontSize, 600))) + sizes.fontSize + sizes.glyph + 8;
    const rows = partitions.map((partition, index) => place(form, { ...partition, barDx, y: card.top + sizes.head + index * pitch, tape, tapeWidth: inside - words }, sizes));
    return { form, rows, cardHeight: sizes.head + count * pitch + folded };
  };
  if (card.single && count * rowHeight('full', chosen, sizes) <= room) return make('full', chosen);
  const smaller = sizes.tapesMany.map((name) => TAPE_SIZES[name]).filter((size) => size.height <= chosen.height);
  for (const tape of smaller) if (count * rowHeight('compact', tape, sizes) <= room) return make('compact', tape);
  return make('bar', TAPE_SIZES.XS);
}

/** Room in px for `HW 12,345` beside a tape, and for the request of a consumer that waits at the card's edge. */
function shortWords({ brokers, clients }: Pick<Snapshot, 'brokers' | 'clients'>, sizes: ClusterSizes): number {
  const end = Math.max(0, ...brokers.flatMap(({ replicas }) => replicas.map(({ logEndOffset }) => logEndOffset)));
  const waiting = clients.some(({ kind }) => kind === 'consumer') ? sizes.lead * 2 : 0;
  return textWidth(`end ${groupDigits(end)}`, sizes.fontSize) + 16 * sizes.k + waiting;
}

function longestLog(snapshot: Pick<Snapshot, 'brokers' | 'topics'>): number {
  const user = new Set(snapshot.topics.filter((topic) => !topic.isInternal).map((topic) => topic.topic));
  let longest = 4;
  for (const broker of snapshot.brokers) {
    for (const replica of broker.replicas) if (user.has(replica.topic)) longest = Math.max(longest, replica.logEndOffset - replica.logStartOffset);
  }
  return longest;
}

function rowHeight(form: RowForm, tape: TapeSize, sizes: ClusterSizes): number {
  if (form === 'bar') return sizes.barPitch;
  if (form === 'compact') return sizes.row1 + sizes.lead * 2 + sizes.markUp + tape.height + 8;
  return sizes.row1 + sizes.lead + sizes.write + sizes.markLane + tape.height + sizes.lead + 4 + sizes.readLane;
}

function place(form: RowForm, at: Pick<RowPlace, 'topic' | 'partition' | 'y' | 'tape' | 'tapeWidth' | 'barDx'>, sizes: ClusterSizes): RowPlace {
  const { y, tape } = at;
  const tapeDx = sizes.inner + 8;
  if (form === 'bar') {
    const mid = y + sizes.barPitch / 2;
    return { ...at, tapeDx, labelMid: mid, tapeY: mid - sizes.barHeight / 2, writeY: mid, readY: mid, readTip: mid + 6, underMid: mid };
  }
  const labelMid = y + sizes.row1 + sizes.lead / 2;
  const writeY = labelMid + sizes.lead / 2 + (form === 'full' ? sizes.write : 2);
  const tapeY = form === 'full' ? writeY + sizes.markLane : labelMid + sizes.lead / 2 + sizes.markUp;
  const underMid = tapeY + tape.height + sizes.lead / 2 + 2;
  const readTip = underMid + sizes.lead / 2 + 2;
  return { ...at, tapeDx, labelMid, writeY, tapeY, underMid, readTip, readY: form === 'full' ? readTip + 5 * sizes.k : tapeY + tape.height + 4 };
}

/** The tape of one replica in its card. All replicas of a partition share the window that ends at the leader's log end. */
export function rowTape(row: RowPlace, cardX: number, logStartOffset: number, leaderEnd: number): TapeScale {
  const cells = Math.max(2, Math.floor(row.tapeWidth / row.tape.pitch));
  return tapeScale({ x: cardX + row.tapeDx, y: row.tapeY, size: row.tape, from: windowStart(logStartOffset, leaderEnd, cells) });
}

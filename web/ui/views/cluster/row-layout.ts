import type { Snapshot } from '../../../session/snapshot';
import { TAPE_SIZES, chooseTapeSize, tapeScale, windowStart } from '../../drawing/tape-scale';
import type { TapeScale, TapeSize, TapeSizeName } from '../../drawing/tape-scale';
import { textWidth } from '../../drawing/text-width';
import { groupDigits } from '../../drawing/wire';
import type { ClusterSizes } from './cluster-sizes';

/**
 * `full`: tape with write and read lanes and offsets. `compact`: tape with its name above and its marks in words below.
 * `line`: name, tape and words on one line, offsets below where they fit. `bar`: no cells.
 */
export type RowForm = 'full' | 'compact' | 'line' | 'bar';

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
  /** From the left edge of a card to where names end and bars or tapes of one line begin. */
  readonly barDx: number;
  /** Whether there is room for offsets under the cells. */
  readonly offsets: boolean;
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
/** A tape of fewer cells says less than a bar. */
const LEAST_CELLS = 5;
/** Names on one line with their tape take at most this share of a card. */
const NAME_SHARE = 0.4;

export function layoutRows(
  snapshot: Pick<Snapshot, 'brokers' | 'topics' | 'clients'>,
  card: { top: number; width: number; room: number; single: boolean },
  sizes: ClusterSizes,
): Rows {
  const partitions = snapshot.topics.filter((topic) => !topic.isInternal)
    .flatMap((topic) => topic.partitions.map(({ partition }) => ({ topic: topic.topic, partition })));
  const folded = snapshot.topics.some((topic) => topic.isInternal) ? sizes.foldGap + sizes.foldHeight : sizes.foldGap;
  const count = Math.max(1, partitions.length);
  const pitchRoom = (card.room - sizes.head - folded) / count;
  const inside = card.width - 2 * sizes.inner - 8;
  const name = Math.max(0, ...partitions.map(({ topic, partition }) => textWidth(`${topic}-${partition}`, sizes.fontSize, 600)));
  const barDx = sizes.inner + Math.min(name, card.width * NAME_SHARE) + sizes.fontSize + sizes.glyph + 8;
  const wanted = Math.min(longestLog(snapshot), card.single ? WANTED_OFFSETS : WANTED_OFFSETS_MANY);
  const words = card.single ? shortWords(snapshot, sizes) : 0;
  const widths = { full: inside - words, compact: inside, line: inside - words - (barDx - sizes.inner), bar: inside };
  const { form, tape, offsets } = chooseForm({ pitchRoom, widths, wanted, single: card.single }, sizes);
  const height = rowHeight(form, tape, offsets, sizes);
  const pitch = form === 'line' ? Math.max(height, Math.min(height + sizes.lead, Math.floor(pitchRoom))) : height;
  const rows = partitions.map((partition, index) => place(form, { ...partition, barDx, offsets, y: card.top + sizes.head + (pitch - height) / 2 + index * pitch, tape, tapeWidth: widths[form] }, sizes));
  return { form, rows, cardHeight: sizes.head + count * pitch + folded };
}

interface Choice { readonly form: RowForm; readonly tape: TapeSize; readonly offsets: boolean }

/** The roomiest form that fits; cells rather than bars, as long as they fit. */
function chooseForm(room: { pitchRoom: number; widths: Readonly<Record<RowForm, number>>; wanted: number; single: boolean }, sizes: ClusterSizes): Choice {
  const { pitchRoom, widths, wanted, single } = room;
  const fits = ({ form, tape, offsets }: Choice) => rowHeight(form, tape, offsets, sizes) <= pitchRoom;
  const from = (names: readonly TapeSizeName[], width: number) => {
    const largest = chooseTapeSize(names, width, wanted);
    return names.map((name) => TAPE_SIZES[name]).filter(({ height }) => height <= largest.height);
  };
  const choices: Choice[] = single
    ? [{ form: 'full', tape: chooseTapeSize(sizes.tapes, widths.full, wanted), offsets: true }]
    : from(sizes.tapesMany, widths.compact).map((tape) => ({ form: 'compact', tape, offsets: false }));
  const lines = from(sizes.tapesLine, widths.line).filter((tape) => widths.line >= LEAST_CELLS * tape.pitch);
  choices.push(...lines.filter(({ every }) => single && every > 0).map((tape): Choice => ({ form: 'line', tape, offsets: true })));
  choices.push(...lines.map((tape): Choice => ({ form: 'line', tape, offsets: false })));
  return choices.find(fits) ?? { form: 'bar', tape: TAPE_SIZES.XS, offsets: false };
}

/** Room in px for `HW 12,345` beside a tape, and for the request of a consumer that waits at the card's edge. */
function shortWords({ brokers, clients, topics }: Pick<Snapshot, 'brokers' | 'clients' | 'topics'>, sizes: ClusterSizes): number {
  const internal = new Set(topics.filter((topic) => topic.isInternal).map((topic) => topic.topic));
  const end = Math.max(0, ...brokers.flatMap(({ replicas }) => replicas.filter(({ topic }) => !internal.has(topic)).map(({ logEndOffset }) => logEndOffset)));
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

/** Above and below the cells of a row that is one line. */
const LINE_UP = 5;
const LINE_DOWN = 1;

function rowHeight(form: RowForm, tape: TapeSize, offsets: boolean, sizes: ClusterSizes): number {
  switch (form) {
    case 'bar': return sizes.barPitch;
    case 'line': return offsets ? LINE_UP + 1 + tape.height + sizes.lead + 2 : LINE_UP + tape.height + LINE_DOWN;
    case 'compact': return sizes.row1 + sizes.lead * 2 + sizes.markUp + tape.height + 8;
    case 'full': return sizes.row1 + sizes.lead + sizes.write + sizes.markLane + tape.height + sizes.lead + 4 + sizes.readLane;
  }
}

function place(form: RowForm, at: Pick<RowPlace, 'topic' | 'partition' | 'y' | 'tape' | 'tapeWidth' | 'barDx' | 'offsets'>, sizes: ClusterSizes): RowPlace {
  const { y, tape } = at;
  const tapeDx = sizes.inner + 8;
  if (form === 'bar') {
    const mid = y + sizes.barPitch / 2;
    return { ...at, tapeDx, labelMid: mid, tapeY: mid - sizes.barHeight / 2, writeY: mid, readY: mid, readTip: mid + 6, underMid: mid };
  }
  if (form === 'line') {
    const tapeY = y + LINE_UP + (at.offsets ? 1 : 0);
    const mid = tapeY + tape.height / 2;
    return { ...at, tapeDx: at.barDx + 8, labelMid: mid, tapeY, writeY: mid, readY: mid, readTip: tapeY + tape.height + 3, underMid: tapeY + tape.height + sizes.lead / 2 + 1 };
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

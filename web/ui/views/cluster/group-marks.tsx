import type { ClientSnapshot, GroupSnapshot } from '../../../session/snapshot';
import { GroupMark } from '../../drawing/marks';
import { Label, round } from '../../drawing/svg-text';
import type { TapeScale } from '../../drawing/tape-scale';
import { textWidth } from '../../drawing/text-width';
import { groupDigits } from '../../drawing/wire';
import type { Rect } from '../../drawing/cluster-pieces';
import type { ClusterSizes } from './cluster-sizes';
import type { RowPlace } from './row-layout';

interface GroupMarksProps {
  readonly row: RowPlace;
  readonly box: Rect;
  readonly sizes: ClusterSizes;
  readonly tape: TapeScale;
  readonly from: number;
  readonly groups: readonly GroupSnapshot[];
  readonly clients: readonly ClientSnapshot[];
  endAt(mid: number): number;
}

/** Below the tape: where a running consumer reads next, and what its group has committed. */
export function GroupMarks({ row, box, sizes, tape, from, groups, clients, endAt }: GroupMarksProps) {
  const reader = clients.find((client) => client.kind === 'consumer' && positionIn(client, row) !== undefined);
  if (!reader) return null;
  const { k, fontSize } = sizes;
  const rowEnd = endAt(row.readTip + 5 * k);
  const position = positionIn(reader, row)!;
  const committed = groups.find((group) => group.groupId === reader.groupId)?.offsets
    .find((offset) => offset.topic === row.topic && offset.partition === row.partition)?.committedOffset;
  const mid = row.readTip + 5 * k;
  const positionX = tape.boundary(Math.max(position, from));
  const committedWords = committed === undefined ? '' : `committed ${groupDigits(committed)}`;
  const positionWords = `position ${groupDigits(position)}`;
  const committedX = committed === undefined ? 0 : tape.boundary(Math.max(committed, from));
  const leftRoom = committedX - 10 * k - textWidth(committedWords, fontSize) >= box.x + 4;
  const words = committed === position ? `committed and ${positionWords}` : committed === undefined || leftRoom ? positionWords : `${committedWords} · ${positionWords}`;
  const rightX = Math.max(positionX, committed === undefined ? 0 : committedX) + 10 * k;
  const atRight = rightX + textWidth(words, fontSize) + 16 <= rowEnd;
  const laneStart = atRight ? rightX + textWidth(words, fontSize) + 12 : rightX;
  return (
    <>
      <path d={`M${round(laneStart)} ${round(mid)}H${round(box.x + box.width)}`} className="s-line-3" strokeDasharray="2 3" />
      {committed !== undefined && committed < position && <path d={`M${round(committedX)} ${round(mid)}H${round(positionX)}`} className="s-text-2" strokeWidth={2} />}
      <GroupMark x={positionX} tip={row.readTip} kind="position" k={k} />
      {committed !== undefined && <GroupMark x={committedX} tip={row.readTip} kind="committed" k={k} />}
      {committed !== undefined && committed !== position && leftRoom && atRight && <Label x={committedX - 10 * k} mid={mid} text={committedWords} anchor="end" />}
      <Label x={atRight ? rightX : Math.min(positionX, committed === undefined ? positionX : committedX) - 10 * k} mid={mid} text={words} anchor={atRight ? 'start' : 'end'} data-testid="position" />
    </>
  );
}

/** The same as small triangles under a tape of one line, without words. */
export function GroupTriangles({ row, tape, from, groups, clients }: GroupMarksProps) {
  const reader = clients.find((client) => client.kind === 'consumer' && positionIn(client, row) !== undefined);
  if (!reader) return null;
  const position = positionIn(reader, row)!;
  const committed = groups.find((group) => group.groupId === reader.groupId)?.offsets
    .find((offset) => offset.topic === row.topic && offset.partition === row.partition)?.committedOffset;
  return (
    <g>
      <title>{`position ${groupDigits(position)}${committed === undefined ? '' : `, committed ${groupDigits(committed)}`}`}</title>
      {position >= from && <GroupMark x={tape.boundary(position)} tip={row.readTip} kind="position" k={0.7} />}
      {committed !== undefined && committed >= from && <GroupMark x={tape.boundary(committed)} tip={row.readTip} kind="committed" k={0.7} />}
    </g>
  );
}

function positionIn(client: ClientSnapshot, row: RowPlace): number | undefined {
  return client.positions.find((place) => place.topic === row.topic && place.partition === row.partition)?.position;
}

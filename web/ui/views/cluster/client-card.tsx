import { memo } from 'react';
import type { ClientSnapshot } from '../../../session/snapshot';
import { Card, TerminalBadge } from '../../drawing/cluster-pieces';
import { Label, Runs } from '../../drawing/svg-text';
import { Target } from '../../drawing/target';
import { fitText, textWidth } from '../../drawing/text-width';
import { groupDigits } from '../../drawing/wire';
import { brokenConnection } from '../../drawing/connections';
import { selectionName } from '../../drawing/selection';
import type { ClientPlace } from './cluster-layout';
import type { ClusterSizes } from './cluster-sizes';

type Line = readonly (readonly [string, string])[];

/** A producer or a consumer, with the number of the terminal that it was started from. */
export const ClientCard = memo(function ClientCard({ place, sizes, selection }: { place: ClientPlace; sizes: ClusterSizes; selection: string | null }) {
  const { client, box, detail } = place;
  const name = selectionName({ kind: 'client', id: client.id });
  const selected = selection === name;
  const headMid = detail === 'full' ? box.y + sizes.clientHead / 2 : box.y + sizes.badge / 2 + 8;
  const hasBadge = client.terminal !== null;
  const titleX = box.x + 12 + (hasBadge ? sizes.badge + 8 : 0);
  const titleRoom = box.x + box.width - 8 - titleX;
  const fullTitle = shortName(client);
  const title = textWidth(fullTitle, sizes.bodySize, 600) <= titleRoom ? fullTitle : fitText(fullTitle.replace(/^console-/, ''), titleRoom, sizes.bodySize, 600);
  return (
    <g data-testid={`client-${client.kind}`}>
      <Card box={box} cls={`${selected ? 'f-wash' : 'f-2'} s-line-2`} />
      {hasBadge && <TerminalBadge x={box.x + 12} mid={headMid} number={client.terminal!} size={sizes.badge} />}
      {detail === 'badge' && !hasBadge && <Label x={box.x + box.width / 2} mid={box.y + box.height / 2} text={client.kind.slice(0, 1).toUpperCase()} cls="t-body w6" anchor="middle" />}
      {detail !== 'badge' && <Label x={titleX} mid={headMid} text={title} cls="t-body w6" />}
      {linesOf(client, detail, box.width - 24, sizes).map((line, index) => (
        <Runs key={index} x={box.x + 12} mid={(detail === 'full' ? box.y + sizes.clientHead : headMid + sizes.badge / 2 + 4) + sizes.lead * (index + 0.5)} parts={line} />
      ))}
      <Target name={name} label={`${client.kind} ${client.program}${hasBadge ? `, terminal ${client.terminal}` : ''}`} tip={detail === 'badge' ? client.program : undefined} box={box} radius={8} selected={selected} />
    </g>
  );
});

/** `kafka-console-producer.sh` is `console-producer` in the picture. */
export function shortName({ program }: ClientSnapshot): string {
  return program.replace(/^kafka-/, '').replace(/\.sh$/, '');
}

function linesOf(client: ClientSnapshot, detail: ClientPlace['detail'], width: number, sizes: ClusterSizes): Line[] {
  if (detail === 'badge') return [];
  const counts = countLine(client, width, sizes);
  if (detail === 'short') return [counts];
  const broken = brokenConnection(client);
  const where: Line = broken
    ? [[fitText(`cannot reach ${broken.brokerId >= 0 ? broken.brokerId : 'the broker'}`, width, sizes.fontSize, 600), 'w6 c-danger']]
    : [[firstFitting(client.host === 'laptop' ? ['on the laptop', 'laptop'] : [`in container ${client.host}`, `in ${client.host}`], width, sizes), 'c-3']];
  const what = client.kind === 'producer' ? settings(client) : [client.groupId ?? ''];
  return [where, [[firstFitting(what, width, sizes), 'c-2']], counts];
}

/** From the longest way to say it to the shortest. */
function settings({ configs }: ClientSnapshot): readonly string[] {
  const acks = configs['acks'] === undefined ? '' : `acks ${configs['acks']}`;
  const linger = configs['linger.ms'] === undefined ? '' : `linger ${groupDigits(Number(configs['linger.ms']))} ms`;
  return [[acks, linger].filter(Boolean).join(' · '), acks];
}

function firstFitting(ways: readonly string[], width: number, { fontSize }: ClusterSizes): string {
  return ways.find((way) => textWidth(way, fontSize) <= width) ?? fitText(ways[ways.length - 1] ?? '', width, fontSize);
}

function countLine(client: ClientSnapshot, width: number, sizes: ClusterSizes): Line {
  const count = (value: number): readonly [string, string] => [groupDigits(value), 'w6'];
  if (client.kind === 'consumer') return [['printed ', 'c-2'], count(client.records), [client.records === 1 ? ' record' : ' records', 'c-2']];
  if (client.failed > 0) return [['sent ', 'c-2'], count(client.records), [' · ', 'c-2'], [`${groupDigits(client.failed)} failed`, 'w6 c-danger']];
  const long = `sent ${groupDigits(client.records)} · acknowledged ${groupDigits(client.acknowledged)}`;
  const word = textWidth(long, sizes.fontSize, 600) <= width ? ' · acknowledged ' : ' · acked ';
  return [['sent ', 'c-2'], count(client.records), [word, 'c-2'], count(client.acknowledged)];
}

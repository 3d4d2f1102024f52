import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ClientSnapshot, Snapshot } from '../../../session/snapshot';
import { broker, record, replica, SCENES, topic } from '../../dev/scenes';
import { textWidth } from '../../drawing/text-width';
import { NOTHING_MOVES } from '../../picture/motion';
import type { Motion, Packet } from '../../picture/motion';
import { ClusterView } from './cluster-view';

interface Box { readonly what: string; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

const next = { text: 'kafka-console-consumer.sh', step: 4, current: false };
const nextCommands = { cluster: next, topic: next, producer: next, consumer: next };
const TYPE = { small: { 't-label': 12, 't-body': 14, 't-cell': 12 }, wide: { 't-label': 14, 't-body': 16, 't-cell': 14 } };

function draw(snapshot: Snapshot, motion: Motion, size: { width: number; height: number; wide: boolean }): string {
  return renderToStaticMarkup(<ClusterView {...{ snapshot, nextCommands, ...size }} motion={motion} topic={null} selection={null} keyColour={() => 1} />);
}

/** Every client asks and is answered at once. Drawn still, so that only the words about it stand there. */
function busy(snapshot: Snapshot): Motion {
  const packets = snapshot.clients.flatMap(({ kind, connections, topics }) => (['request', 'response'] as const).map((direction): Packet => {
    const api = kind === 'producer' ? 'Produce' : 'Fetch';
    const carries = (api === 'Produce') === (direction === 'request');
    const records = carries ? [record(3, 'a value that is rather long')] : [];
    const travel = { id: 1, kind: direction, api, connectionId: connections[0]!.connectionId, clientId: '', fromHost: '', toHost: '', sentUs: 0, arrivesUs: 0, sizeInBytes: 9, correlationId: 1,
      partitions: [{ topic: topics[0]!, partition: 0, recordCount: records.length, offset: 3, errorCode: 0, records }] };
    return { travel, records: records.length, progress: 0.5, landing: 0 };
  }));
  return { ...NOTHING_MOVES, still: true, packets };
}

/** Where words and waiting requests stand. */
function boxesOf(svg: string, wide: boolean): Box[] {
  const sizes = wide ? TYPE.wide : TYPE.small;
  const words = [...svg.matchAll(/<text ([^>]*)>(.*?)<\/text>/g)].map(([, attributes = '', content = '']): Box => {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    const size = sizes[/t-(label|body|cell)/.exec(of('class'))?.[0] as 't-label'] ?? sizes['t-label'];
    const what = content.replace(/<[^>]+>/g, '').replace(/&[a-z]+;/g, '“');
    const width = textWidth(what, size, /w6|t-cell/.test(attributes) ? 600 : 400);
    const left = Number(of('x')) - (of('text-anchor') === 'end' ? width : of('text-anchor') === 'middle' ? width / 2 : 0);
    return { what, left, right: left + width, top: Number(of('y')) - size * 0.4, bottom: Number(of('y')) + size * 0.4 };
  });
  const half = wide ? [20, 15] as const : [16, 12] as const;
  const waiting = [...svg.matchAll(/translate\(([\d.]+) ([\d.]+)\)" data-testid="waiting"/g)].map(([, x, y]): Box => (
    { what: 'waiting', left: Number(x) - half[0], right: Number(x) + half[0], top: Number(y) - half[1], bottom: Number(y) + half[1] }));
  return [...words, ...waiting];
}

function overlaps(boxes: readonly Box[]): string[] {
  return boxes.flatMap((a, index) => boxes.slice(index + 1)
    .filter((b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5)
    .map((b) => `${a.what} | ${b.what}`));
}

interface Crowd { readonly partitions: number; readonly producers: number; readonly consumers: number; readonly name: string; readonly groupId: string; readonly records: number }

function crowd({ partitions, producers, consumers, name, groupId, records }: Crowd): Snapshot {
  const base = SCENES['produce']!().frame.snapshot;
  const kept = Array.from({ length: Math.min(records, 128) }, (_, index) => record(records - Math.min(records, 128) + index, 'x', index % 2 ? 'alice' : null));
  const [producer, consumer] = base.clients as [ClientSnapshot, ClientSnapshot];
  const copies = (client: ClientSnapshot, count: number, first: number) => Array.from({ length: count }, (_, index): ClientSnapshot => ({
    ...client, id: `${client.id}-${index}`, topics: [name], terminal: first + index, groupId: client.groupId === null ? null : groupId,
    positions: client.kind === 'consumer' && index === 0 ? Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition, position: records })) : [],
    connections: [{ brokerId: 1001, connectionId: `${client.id}-${index}`, state: 'ready', reason: null }],
  }));
  const clients = [...copies(producer, producers, 1), ...copies(consumer, consumers, 2)];
  return {
    ...base, clients, groups: [{ ...base.groups[0]!, groupId, offsets: [{ topic: name, partition: 0, committedOffset: Math.max(0, records - 1) }] }],
    topics: [topic(name, Array.from({ length: partitions }, () => kept)), topic('__consumer_offsets', Array.from({ length: 50 }, () => []))],
    brokers: [broker(1001, Array.from({ length: partitions }, (_, partition) => replica(name, partition, records)), {
      purgatory: clients.filter(({ kind }) => kind === 'consumer').map(({ connections }) => ({ api: 'Fetch', clientId: 'c', connectionId: connections[0]!.connectionId, sinceUs: base.nowUs - 212_000, partitions: [] })),
    })],
  };
}

const STAGES = [
  { name: 'three terminals', width: 960, height: 304, wide: false },
  { name: 'two terminals', width: 960, height: 320, wide: false },
  { name: 'one terminal', width: 960, height: 440, wide: false },
  { name: 'with the inspector', width: 672, height: 304, wide: false },
  { name: 'a folded lab', width: 1232, height: 320, wide: false },
  { name: 'a big screen', width: 1504, height: 584, wide: true },
  { name: 'a big screen with the inspector', width: 1144, height: 584, wide: true },
] as const;

describe('words and tags of the Cluster view keep apart', () => {
  for (const stage of STAGES) {
    it(stage.name, () => {
      const wrong: string[] = [];
      for (const partitions of [1, 3, 6]) {
        for (const producers of [0, 3]) {
          for (const consumers of [0, 1, 2, 3]) {
            for (const records of [4, 12_000]) {
              for (const [name, groupId] of [['orders', 'billing'], ['a-topic.with.a.rather-long-name', 'the-group-of-the-billing-department-of-the-north']] as const) {
                const snapshot = crowd({ partitions, producers, consumers, records, name, groupId });
                const boxes = boxesOf(draw(snapshot, NOTHING_MOVES, stage), stage.wide);
                if (stage.width >= 900) expect(boxes.filter(({ what }) => what === 'waiting')).toHaveLength(consumers);
                const answered = boxesOf(draw(snapshot, busy(snapshot), stage), stage.wide);
                for (const pair of [...overlaps(boxes), ...overlaps(answered)]) wrong.push(`${partitions}p ${producers}/${consumers} ${records} ${name}: ${pair}`);
              }
            }
          }
        }
      }
      expect(wrong).toEqual([]);
    });
  }
});

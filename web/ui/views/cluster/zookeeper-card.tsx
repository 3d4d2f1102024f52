import type { Snapshot, ZooKeeperSnapshot } from '../../../session/snapshot';
import { Card, Ghost, SessionRing } from '../../drawing/cluster-pieces';
import { Label, round, Runs } from '../../drawing/svg-text';
import { Target } from '../../drawing/target';
import { textWidth } from '../../drawing/text-width';
import { selectionName } from '../../drawing/selection';
import type { NextCommands } from '../../drawing/view';
import { Chip } from '../../drawing/chip';
import type { ClusterLayout } from './cluster-layout';
import type { ClusterSizes } from './cluster-sizes';

interface ZooKeeperCardProps {
  readonly snapshot: Snapshot;
  readonly layout: ClusterLayout;
  readonly sizes: ClusterSizes;
  readonly selection: string | null;
  readonly nextCommands: NextCommands;
}

/** ZooKeeper above the brokers, and for each broker what is left of its session. */
export function ZooKeeperCard({ snapshot, layout, sizes, selection, nextCommands }: ZooKeeperCardProps) {
  const box = layout.zooKeeper;
  const mid = box.y + box.height / 2;
  const zooKeeper = snapshot.zookeepers.find(({ running }) => running) ?? snapshot.zookeepers[0];
  if (!zooKeeper) {
    return (
      <>
        <Ghost box={box} />
        <Runs x={box.x + sizes.inner} mid={mid} parts={[['ZooKeeper', 'w6 c-2'], ['   who is alive, who is in charge', 'c-3']]} />
        {!snapshot.brokers.length && <Chip command={nextCommands.cluster} x={box.x + box.width / 2} mid={box.y} sizes={sizes} centred />}
      </>
    );
  }
  const name = selectionName({ kind: 'zookeeper', host: zooKeeper.host });
  const selected = selection === name;
  return (
    <>
      <Links snapshot={snapshot} zooKeeper={zooKeeper} layout={layout} sizes={sizes} />
      <Card box={box} cls={zooKeeper.running ? `${selected ? 'f-wash' : 'f-2'} s-line-2` : 'f-2 s-danger'} dashed={zooKeeper.running ? undefined : '6 4'} />
      <Label x={box.x + sizes.inner} mid={mid} text={zooKeeper.host} cls="t-body w6" />
      <Label x={box.x + sizes.inner + textWidth(zooKeeper.host, sizes.bodySize, 600) + 8} mid={mid} text={`:${zooKeeper.port}`} cls="t-label c-3" />
      {zooKeeper.running
        ? <Runs x={box.x + box.width - sizes.inner} mid={mid} parts={znodes(zooKeeper, layout, box.width - 2 * sizes.inner - textWidth(zooKeeper.host, sizes.bodySize, 600) - textWidth(`:${zooKeeper.port}`, sizes.fontSize) - 24, sizes.fontSize)} anchor="end" />
        : <Label x={box.x + box.width - sizes.inner} mid={mid} text="stopped" cls="t-label c-danger" anchor="end" />}
      <Target name={name} label={`ZooKeeper on ${zooKeeper.host}, ${zooKeeper.running ? 'running' : 'stopped'}`} box={box} radius={8} selected={selected} />
      {!layout.single && <Sessions snapshot={snapshot} zooKeeper={zooKeeper} layout={layout} sizes={sizes} />}
    </>
  );
}

/** What stands in the znodes that a cluster hangs on, as far as there is room. */
function znodes(zooKeeper: ZooKeeperSnapshot, layout: ClusterLayout, width: number, fontSize: number): [string, string][] {
  const controller: [string, string][] = [['/controller ', 'c-3'], [zooKeeper.controllerId === null ? 'none' : String(zooKeeper.controllerId), '']];
  const ids = zooKeeper.brokerIds.length === 0 ? 'none' : zooKeeper.brokerIds.join(', ');
  const both: [string, string][] = [['/brokers/ids ', 'c-3'], [ids, ''], [' · ', 'c-3'], ...controller];
  return layout.single && textWidth(both.map(([text]) => text).join(''), fontSize) <= width ? both : controller;
}

/** The line from each broker up to ZooKeeper; with one broker its session stands on the line. */
function Links({ snapshot, zooKeeper, layout, sizes }: { snapshot: Snapshot; zooKeeper: ZooKeeperSnapshot; layout: ClusterLayout; sizes: ClusterSizes }) {
  const bottom = layout.zooKeeper.y + layout.zooKeeper.height;
  return (
    <>
      {layout.brokers.map(({ broker, box }) => {
        const x = round(box.x + box.width / 2);
        const session = sessionOf(zooKeeper, broker?.brokerId);
        const broken = session !== undefined && !session.connected;
        const lost = broker !== null && (broken || (session === undefined && broker.state === 'stopped'));
        return (
          <g key={broker?.brokerId ?? 'none'}>
            {broker !== null && (session || lost) && <path d={`M${x} ${bottom}V${box.y}`} className={lost ? 's-danger' : 's-line-3'} strokeDasharray={lost ? '3 4' : undefined} />}
            {broker === null && <path d={`M${x} ${bottom}V${box.y}`} className="s-line-3" strokeDasharray="4 4" />}
            {layout.single && session && (
              <SessionMark x={x} mid={(bottom + box.y) / 2} session={session} nowUs={snapshot.nowUs} sizes={sizes} label={`session of broker ${session.brokerId}`} />
            )}
          </g>
        );
      })}
    </>
  );
}

function Sessions({ snapshot, zooKeeper, layout, sizes }: { snapshot: Snapshot; zooKeeper: ZooKeeperSnapshot; layout: ClusterLayout; sizes: ClusterSizes }) {
  const mid = layout.zooKeeper.y + layout.zooKeeper.height / 2;
  return (
    <>
      {layout.brokers.map(({ broker, box }) => {
        const session = sessionOf(zooKeeper, broker?.brokerId);
        if (!session) return null;
        const label = layout.brokers.length > 3 ? String(session.brokerId) : `session of broker ${session.brokerId}`;
        const width = textWidth(label, sizes.fontSize) + sizes.ring * 2 + 12;
        return <SessionMark key={session.id} x={box.x + box.width / 2 - width / 2 + sizes.ring} mid={mid} session={session} nowUs={snapshot.nowUs} sizes={sizes} label={label} />;
      })}
    </>
  );
}

type ZkSession = ZooKeeperSnapshot['sessions'][number];

function SessionMark(props: { x: number; mid: number; session: ZkSession; nowUs: number; sizes: ClusterSizes; label: string }) {
  const { x, mid, session, nowUs, sizes, label } = props;
  const leftMs = Math.max(0, session.expiresUs - nowUs) / 1000;
  const danger = !session.connected;
  const words = danger ? `${(leftMs / 1000).toFixed(1)} s left, broker ${session.brokerId}` : `${label}, ${seconds(session.timeoutMs)}`;
  return (
    <>
      <SessionRing cx={x} cy={mid} radius={danger ? sizes.ring * 1.5 : sizes.ring} left={Math.min(1, leftMs / session.timeoutMs)} width={sizes.ringWidth} danger={danger} />
      <Label x={x + sizes.ring + 12} mid={mid} text={words} cls={danger ? 't-label w6 c-danger' : 't-label c-2'} />
    </>
  );
}

function sessionOf(zooKeeper: ZooKeeperSnapshot, brokerId: number | undefined): ZkSession | undefined {
  return zooKeeper.sessions.find((session) => session.brokerId !== null && session.brokerId === brokerId);
}

function seconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

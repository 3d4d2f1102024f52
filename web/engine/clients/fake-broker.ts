import { Simulation } from '../kernel/simulation';
import type { LogEvent } from '../kernel/logger';
import type { Endpoint } from '../network/connection';
import type { Host, Listener } from '../network/host';
import { sendResponse } from '../network/kafka-channel';
import { Network } from '../network/network';
import { ERRORS } from '../protocol/errors';
import type { FetchRequest, JoinGroupRequest, Messages, ProduceRequest, Request, SimulatedApi } from '../protocol/messages';
import type { RecordBatch } from '../protocol/record-batch';
import type { ClientEnvironment } from './client-environment';

interface FakeLog {
  readonly batches: RecordBatch[];
  endOffset: number;
}

interface ParkedFetch {
  readonly endpoint: Endpoint;
  readonly request: Request;
}

type Answers = { [A in SimulatedApi]?: (body: Messages[A]['request'], request: Request) => Messages[A]['response'] | undefined };

/** For tests: one broker (id 0) that keeps what it is sent in memory. `answers` replaces what it says to a request; undefined says nothing. */
export class FakeBroker {
  readonly topics = new Map<string, FakeLog[]>();
  readonly requests: Request[] = [];
  readonly committed = new Map<string, number>();
  answers: Answers = {};
  private readonly parked: ParkedFetch[] = [];
  private readonly endpoints: Endpoint[] = [];
  private readonly waiting = new Map<Endpoint, Request[]>();
  private listener: Listener | undefined;

  constructor(
    readonly sim: Simulation,
    readonly host: Host,
    readonly port = 9092,
  ) {
    this.start();
  }

  start(): void {
    this.listener = this.host.listen({ port: this.port }, (endpoint) => {
      this.endpoints.push(endpoint);
      return { onMessage: (from, message) => this.receive(from, message as Request), onClosed: () => undefined };
    });
  }

  stop(): void {
    this.listener?.close();
    for (const endpoint of this.endpoints.splice(0)) endpoint.close();
  }

  addTopic(name: string, partitions: number): void {
    this.topics.set(
      name,
      Array.from({ length: partitions }, () => ({ batches: [], endOffset: 0 })),
    );
  }

  values(topic: string, partition: number): string[] {
    const log = this.topics.get(topic)?.[partition];
    if (log === undefined) return [];
    return log.batches.flatMap((batch) => [...batch.records()].map((each) => String.fromCharCode(...(each.value ?? []))));
  }

  sent(api: SimulatedApi): Request[] {
    return this.requests.filter((each) => each.api === api);
  }

  /** Requests of one connection are answered one after another, as a real broker does. */
  private receive(endpoint: Endpoint, request: Request): void {
    this.requests.push(request);
    const waiting = this.waiting.get(endpoint) ?? [];
    this.waiting.set(endpoint, waiting);
    waiting.push(request);
    if (waiting.length === 1) this.sim.after(100, () => this.handle(endpoint, request), undefined);
  }

  private respond(endpoint: Endpoint, request: Request, body: unknown): void {
    if (body !== undefined) sendResponse(endpoint, request, body as never);
    const waiting = this.waiting.get(endpoint) ?? [];
    waiting.shift();
    const next = waiting[0];
    if (next !== undefined) this.sim.after(100, () => this.handle(endpoint, next), undefined);
  }

  private handle(endpoint: Endpoint, request: Request): void {
    const own = (this.answers as Record<string, ((body: unknown, request: Request) => unknown) | undefined>)[request.api];
    if (own !== undefined) {
      this.respond(endpoint, request, own(request.body, request));
      return;
    }
    if (request.api === 'Fetch' && !this.hasDataFor(request.body as FetchRequest)) {
      this.park(endpoint, request);
      return;
    }
    const body = this.answer(request);
    const isSilent = request.api === 'Produce' && (request.body as ProduceRequest).acks === 0;
    this.respond(endpoint, request, isSilent ? undefined : body);
  }

  private park(endpoint: Endpoint, request: Request): void {
    const fetch = { endpoint, request };
    this.parked.push(fetch);
    this.sim.after((request.body as FetchRequest).maxWaitMs * 1000, () => this.unpark(fetch), undefined);
  }

  private unpark(fetch: ParkedFetch): void {
    const at = this.parked.indexOf(fetch);
    if (at < 0) return;
    this.parked.splice(at, 1);
    this.respond(fetch.endpoint, fetch.request, this.answer(fetch.request));
  }

  private hasDataFor(body: FetchRequest): boolean {
    return body.partitions.some((each) => each.fetchOffset !== (this.topics.get(each.topic)?.[each.partition]?.endOffset ?? -1));
  }

  private answer(request: Request): unknown {
    switch (request.api) {
      case 'ApiVersions':
        return { errorCode: 0, apiVersions: [] };
      case 'Metadata':
        return this.metadata(request.body as Messages['Metadata']['request']);
      case 'Produce':
        return this.produce(request.body as ProduceRequest);
      case 'Fetch':
        return this.fetch(request.body as FetchRequest);
      case 'ListOffsets':
        return this.listOffsets(request.body as Messages['ListOffsets']['request']);
      case 'FindCoordinator':
        return { errorCode: 0, errorMessage: null, coordinator: this.node };
      case 'JoinGroup':
        return this.joinGroup(request.body as JoinGroupRequest);
      case 'SyncGroup':
        return { errorCode: 0, assignment: (request.body as Messages['SyncGroup']['request']).assignments[0]?.assignment ?? { partitions: [] } };
      case 'OffsetFetch':
        return this.offsetFetch(request.body as Messages['OffsetFetch']['request']);
      case 'OffsetCommit':
        return this.offsetCommit(request.body as Messages['OffsetCommit']['request']);
      case 'InitProducerId':
        return { errorCode: 0, producerId: 1000, producerEpoch: 0 };
      default:
        return { errorCode: 0 };
    }
  }

  private get node(): { id: number; host: string; port: number; rack: null } {
    return { id: 0, host: this.host.name, port: this.port, rack: null };
  }

  private metadata(body: Messages['Metadata']['request']): Messages['Metadata']['response'] {
    const topics = (body.topics ?? [...this.topics.keys()]).map((topic) => {
      const logs = this.topics.get(topic);
      if (logs === undefined) return { errorCode: ERRORS.LEADER_NOT_AVAILABLE, topic, isInternal: false, partitions: [] };
      const partitions = logs.map((_, partition) => ({ errorCode: 0, partition, leader: 0, replicas: [0], isr: [0], offlineReplicas: [] }));
      return { errorCode: 0, topic, isInternal: false, partitions };
    });
    return { brokers: [this.node], clusterId: 'fake', controllerId: 0, topics };
  }

  private produce(body: ProduceRequest): Messages['Produce']['response'] {
    const partitions = body.partitions.map(({ topic, partition, batches }) => {
      const log = this.topics.get(topic)?.[partition] as FakeLog;
      const baseOffset = log.endOffset;
      for (const batch of batches) {
        log.batches.push(batch.withBaseOffset(log.endOffset, 0));
        log.endOffset += batch.recordCount;
      }
      return { topic, partition, errorCode: 0, baseOffset, logAppendTimeMs: -1, logStartOffset: 0 };
    });
    for (const fetch of [...this.parked]) this.unpark(fetch);
    return { partitions, throttleTimeMs: 0 };
  }

  private fetch(body: FetchRequest): Messages['Fetch']['response'] {
    const partitions = body.partitions.map(({ topic, partition, fetchOffset }) => {
      const log = this.topics.get(topic)?.[partition];
      const end = log?.endOffset ?? -1;
      const errorCode = log === undefined ? ERRORS.UNKNOWN_TOPIC_OR_PARTITION : fetchOffset > end ? ERRORS.OFFSET_OUT_OF_RANGE : 0;
      const batches = errorCode === 0 ? (log as FakeLog).batches.filter((each) => each.lastOffset >= fetchOffset) : [];
      return { topic, partition, errorCode, highWatermark: end, lastStableOffset: end, logStartOffset: 0, abortedTransactions: null, batches };
    });
    return { throttleTimeMs: 0, errorCode: 0, sessionId: 0, partitions };
  }

  private listOffsets(body: Messages['ListOffsets']['request']): Messages['ListOffsets']['response'] {
    const partitions = body.partitions.map(({ topic, partition, timestampMs }) => {
      const end = this.topics.get(topic)?.[partition]?.endOffset ?? 0;
      return { topic, partition, errorCode: 0, timestampMs: -1, offset: timestampMs === -2 ? 0 : end };
    });
    return { partitions };
  }

  private joinGroup(body: JoinGroupRequest): Messages['JoinGroup']['response'] {
    const memberId = body.memberId === '' ? 'member-1' : body.memberId;
    const protocol = body.protocols[0] as JoinGroupRequest['protocols'][number];
    return { errorCode: 0, generationId: 1, protocol: protocol.name, leaderId: memberId, memberId, members: [{ memberId, metadata: protocol.metadata }] };
  }

  private offsetFetch(body: Messages['OffsetFetch']['request']): Messages['OffsetFetch']['response'] {
    const partitions = (body.partitions ?? []).map(({ topic, partition }) => {
      return { topic, partition, errorCode: 0, offset: this.committed.get(`${topic}-${partition}`) ?? -1, metadata: '' };
    });
    return { errorCode: 0, partitions };
  }

  private offsetCommit(body: Messages['OffsetCommit']['request']): Messages['OffsetCommit']['response'] {
    for (const { topic, partition, offset } of body.partitions) this.committed.set(`${topic}-${partition}`, offset);
    return { partitions: body.partitions.map(({ topic, partition }) => ({ topic, partition, errorCode: 0 })) };
  }
}

/** For tests: a laptop and a broker on one network. */
export function fakeWorld(seed = 1): { sim: Simulation; env: ClientEnvironment; broker: FakeBroker; log: LogEvent[]; lines(): string[] } {
  const sim = new Simulation({ seed });
  const network = new Network(sim);
  const segment = network.addSegment('net', '172.18.0');
  const client = network.addHost('client');
  const kafka = network.addHost('kafka');
  segment.attach(client);
  segment.addName('kafka', segment.attach(kafka));
  const log: LogEvent[] = [];
  const env: ClientEnvironment = { sim, host: client, log: (event) => log.push(event) };
  return { sim, env, broker: new FakeBroker(sim, kafka), log, lines: () => log.map((each) => `${each.level} ${each.message}`) };
}

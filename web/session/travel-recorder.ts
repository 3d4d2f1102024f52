import type { Simulation } from '../engine/kernel/simulation';
import { type MessageSent, requestSent, responseSent } from '../engine/network/kafka-channel';
import type { FetchRequest, FetchResponse, ProduceRequest, ProduceResponse, Request, Response } from '../engine/protocol/messages';
import type { RecordBatch } from '../engine/protocol/record-batch';
import { firstRecords } from './record-snapshots';
import type { Travel } from './snapshot';

/** How many travels a frame carries; what is more is counted. */
const MAX_TRAVELS = 64;
/** How many records a travel shows. */
const MAX_RECORDS = 12;

type TravelPartition = Travel['partitions'][number];

/** Collects the requests and responses since the last frame, sampled when there are too many. Looks into records only of those that are kept. */
export class TravelRecorder {
  private kept: { readonly kind: Travel['kind']; readonly sent: MessageSent; readonly sentUs: number; readonly id: number }[] = [];
  private count = 0;
  private nextId = 1;

  constructor(
    private readonly sim: Simulation,
    private readonly labelOf: (host: string) => string,
    private readonly onEvent: () => void,
  ) {
    sim.trace.channel(requestSent).listen((sent) => this.add('request', sent));
    sim.trace.channel(responseSent).listen((sent) => this.add('response', sent));
  }

  /** What was sent since the last call. */
  take(): { travels: Travel[]; travelCount: number } {
    const travels = this.kept.map(({ kind, sent, sentUs, id }) => this.travel(kind, sent, sentUs, id));
    const travelCount = this.count;
    this.kept = [];
    this.count = 0;
    return { travels, travelCount };
  }

  private add(kind: Travel['kind'], sent: MessageSent): void {
    this.onEvent();
    this.count += 1;
    this.nextId += 1;
    if (this.kept.length >= MAX_TRAVELS && !carriesRecords(sent.message)) return;
    if (this.kept.length >= MAX_TRAVELS) this.kept.shift();
    this.kept.push({ kind, sent, sentUs: this.sim.nowUs, id: this.nextId });
  }

  private travel(kind: Travel['kind'], sent: MessageSent, sentUs: number, id: number): Travel {
    return {
      id,
      kind,
      api: sent.message.api,
      connectionId: sent.connectionId,
      clientId: sent.clientId,
      fromHost: this.labelOf(sent.fromHost),
      toHost: this.labelOf(sent.toHost),
      sentUs,
      arrivesUs: sent.arrivesUs,
      sizeInBytes: sent.sizeInBytes,
      correlationId: sent.message.correlationId,
      partitions: kind === 'request' ? requestPartitions(sent.message as Request) : responsePartitions(sent.message as Response),
    };
  }
}

function carriesRecords(message: Request | Response): boolean {
  if (message.api !== 'Produce' && message.api !== 'Fetch') return false;
  return (message.body as { partitions: readonly { batches?: readonly RecordBatch[] }[] }).partitions.some((each) => (each.batches?.length ?? 0) > 0);
}

function requestPartitions(request: Request): TravelPartition[] {
  if (request.api === 'Produce') {
    return (request.body as ProduceRequest).partitions.map(({ topic, partition, batches }) => ({
      topic, partition, offset: null, errorCode: 0, recordCount: countOf(batches), records: firstRecords(batches, MAX_RECORDS),
    }));
  }
  if (request.api === 'Fetch') {
    return (request.body as FetchRequest).partitions.map(({ topic, partition, fetchOffset }) => ({
      topic, partition, offset: fetchOffset, errorCode: 0, recordCount: 0, records: [],
    }));
  }
  return [];
}

function responsePartitions(response: Response): TravelPartition[] {
  if (response.api === 'Produce') {
    return (response.body as ProduceResponse).partitions.map(({ topic, partition, baseOffset, errorCode }) => ({
      topic, partition, offset: baseOffset, errorCode, recordCount: 0, records: [],
    }));
  }
  if (response.api === 'Fetch') {
    return (response.body as FetchResponse).partitions.map(({ topic, partition, batches, errorCode }) => ({
      topic, partition, offset: batches[0]?.baseOffset ?? null, errorCode, recordCount: countOf(batches), records: firstRecords(batches, MAX_RECORDS),
    }));
  }
  return [];
}

function countOf(batches: readonly RecordBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.recordCount, 0);
}

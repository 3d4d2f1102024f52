import type { SimulatedApi } from '../../protocol/messages';

/** What a request handler thread spends on a request, in us, before anything it must wait for. */
const COST_US: Partial<Record<SimulatedApi, number>> = {
  Produce: 40,
  Fetch: 30,
  Heartbeat: 40,
  LeaderAndIsr: 300,
  UpdateMetadata: 150,
  StopReplica: 150,
};
const OTHER_COST_US = 100;
/** Bytes that a broker takes from the network and puts into its log in a microsecond: about 90 MB/s. */
const BYTES_PER_US = 90;

/** Whole microseconds. */
export function requestCostUs(api: SimulatedApi, sizeInBytes: number): number {
  return (COST_US[api] ?? OTHER_COST_US) + Math.floor(sizeInBytes / BYTES_PER_US);
}

/** Counts of the whole server since its start, or since `srst`. Latencies in whole ms. */
export class ServerStats {
  packetsReceived = 0;
  packetsSent = 0;
  private minLatencyMs = Infinity;
  maxLatencyMs = 0;
  private totalLatencyMs = 0;
  private answers = 0;

  get leastLatencyMs(): number {
    return this.answers === 0 ? 0 : this.minLatencyMs;
  }

  get averageLatencyMs(): number {
    return this.answers === 0 ? 0 : Math.floor(this.totalLatencyMs / this.answers);
  }

  answered(latencyMs: number): void {
    this.totalLatencyMs += latencyMs;
    this.answers += 1;
    this.minLatencyMs = Math.min(this.minLatencyMs, latencyMs);
    this.maxLatencyMs = Math.max(this.maxLatencyMs, latencyMs);
  }

  reset(): void {
    this.packetsReceived = 0;
    this.packetsSent = 0;
    this.minLatencyMs = Infinity;
    this.maxLatencyMs = 0;
    this.totalLatencyMs = 0;
    this.answers = 0;
  }
}

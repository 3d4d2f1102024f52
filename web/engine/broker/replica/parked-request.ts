/** A request that waits at a broker, as views list it. */
export interface ParkedRequest {
  readonly api: string;
  readonly clientId: string;
  readonly connectionId: string;
  readonly sinceUs: number;
  /** `orders-0`. */
  readonly partitions: readonly string[];
}

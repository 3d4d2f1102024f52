/** kafka.zookeeper's exceptions, by their Java class. */
export class ZooKeeperClientError extends Error {
  readonly javaClass: string;

  constructor(kind: 'Expired' | 'Timeout', message: string) {
    super(message);
    this.javaClass = `kafka.zookeeper.ZooKeeperClient${kind}Exception`;
  }
}

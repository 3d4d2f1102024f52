/** Something in a log directory that the broker cannot make sense of: it does not start. */
export class LogLoadError extends Error {
  constructor(
    readonly javaClass: 'kafka.common.KafkaException' | 'java.lang.IllegalStateException',
    message: string,
  ) {
    super(message);
  }
}

import { ERRORS, type ErrorCode, errorForCode } from '../protocol/errors';

/** Errors after which a client must look at the metadata again (Java: subclasses of InvalidMetadataException). */
const INVALID_METADATA = new Set<ErrorCode>([
  ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
  ERRORS.LEADER_NOT_AVAILABLE,
  ERRORS.NOT_LEADER_FOR_PARTITION,
  ERRORS.NETWORK_EXCEPTION,
  ERRORS.KAFKA_STORAGE_ERROR,
]);

export interface KafkaErrorOptions {
  readonly retriable?: boolean;
  /** The broker's code that it stands for. */
  readonly code?: ErrorCode;
  readonly cause?: KafkaError;
}

/**
 * What a Java client throws, or hands to a callback: the class by its full name, and its message.
 * A program prints it as Java does; `cause` is Java's "Caused by".
 */
export class KafkaError extends Error {
  readonly retriable: boolean;
  readonly code: ErrorCode | undefined;
  override readonly cause: KafkaError | undefined;

  constructor(
    /** `org.apache.kafka.common.errors.TimeoutException`. */
    readonly exception: string,
    message: string,
    options: KafkaErrorOptions = {},
  ) {
    super(message);
    this.retriable = options.retriable ?? false;
    this.code = options.code;
    this.cause = options.cause;
  }

  get simpleName(): string {
    return this.exception.slice(this.exception.lastIndexOf('.') + 1);
  }

  get asksForMetadata(): boolean {
    return this.code !== undefined && INVALID_METADATA.has(this.code);
  }

  /** As Java's `toString`: class, colon, message. */
  override toString(): string {
    return this.message === '' ? this.exception : `${this.exception}: ${this.message}`;
  }
}

export function isInvalidMetadata(code: ErrorCode): boolean {
  return INVALID_METADATA.has(code);
}

const PACKAGE = 'org.apache.kafka.common.errors.';

/** The exception of a code in a response; `message` replaces the table's. */
export function errorOf(code: ErrorCode, message?: string): KafkaError {
  const row = errorForCode(code);
  return new KafkaError(PACKAGE + (row.exception ?? 'UnknownServerException'), message ?? row.message, { retriable: row.retriable, code });
}

export function timeoutError(message: string): KafkaError {
  return new KafkaError(`${PACKAGE}TimeoutException`, message, { retriable: true });
}

export function disconnectError(): KafkaError {
  return new KafkaError(`${PACKAGE}DisconnectException`, '', { retriable: true, code: ERRORS.NETWORK_EXCEPTION });
}

export function kafkaException(message: string, cause?: KafkaError): KafkaError {
  return new KafkaError('org.apache.kafka.common.KafkaException', message, { cause });
}

export function configException(message: string): KafkaError {
  return new KafkaError('org.apache.kafka.common.config.ConfigException', message);
}

export function illegalState(message: string): KafkaError {
  return new KafkaError('java.lang.IllegalStateException', message);
}

/** Thrown out of a poll after `wakeup()`. */
export class WakeupError extends KafkaError {
  constructor() {
    super(`${PACKAGE}WakeupException`, '');
  }
}

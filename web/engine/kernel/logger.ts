export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** What a server or a client says of itself, before any layout. The machine writes it where log4j would. */
export interface LogEvent {
  readonly level: LogLevel;
  /** May have several lines. */
  readonly message: string;
  /** The logger: a class name such as `kafka.server.KafkaServer`. */
  readonly logger: string;
  /** The thread, for layouts that show it (ZooKeeper's); `file:line` of ZooKeeper's `%C{1}@%L` is in `location`. */
  readonly thread?: string;
  readonly location?: string;
  /** Lines that follow the message: an exception and its frames. */
  readonly throwable?: string;
}

export type LogSink = (event: LogEvent) => void;

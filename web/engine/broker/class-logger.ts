import type { LogLevel, LogSink } from '../kernel/logger';

/** Writes for one class; `prefix` is what Kafka calls its log ident, a blank at its end. */
export class ClassLogger {
  constructor(
    private readonly sink: LogSink,
    readonly className: string,
    public prefix = '',
  ) {}

  trace(message: string): void {
    this.write('TRACE', message);
  }
  debug(message: string): void {
    this.write('DEBUG', message);
  }
  info(message: string): void {
    this.write('INFO', message);
  }
  warn(message: string, throwable?: string): void {
    this.write('WARN', message, throwable);
  }
  error(message: string, throwable?: string): void {
    this.write('ERROR', message, throwable);
  }
  /** Kafka's Scala code says ERROR for what it calls fatal. */
  fatal(message: string, throwable?: string): void {
    this.write('ERROR', message, throwable);
  }
  /** What `CoreUtils.swallow` says of an exception that may not stop what comes after it. */
  swallowed(message: string, throwable: string): void {
    this.sink({ level: 'WARN', message, logger: 'kafka.utils.CoreUtils$', throwable });
  }

  private write(level: LogLevel, message: string, throwable?: string): void {
    this.sink({ level, message: this.prefix + message, logger: this.className, throwable });
  }
}

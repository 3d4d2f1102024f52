import type { LogEvent, LogLevel, LogSink } from '../../../engine/kernel/logger';
import type { Simulation } from '../../../engine/kernel/simulation';
import { log4jDate } from './date-text';
import type { PrintStream } from './print-stream';

const ORDER: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** `[%d] %p %m (%c)%n`, and the exception on lines of its own. */
export function formatLogEvent(event: LogEvent, dateMs: number): string {
  const line = `[${log4jDate(dateMs)}] ${event.level} ${event.message} (${event.logger})\n`;
  return event.throwable === undefined ? line : `${line}${event.throwable}\n`;
}

/** What Kafka's tools log by `config/tools-log4j.properties`: warnings and worse, on standard error. */
export function toolsLog4j(sim: Simulation, stderr: PrintStream, threshold: LogLevel = 'WARN'): LogSink {
  const least = ORDER.indexOf(threshold);
  return (event) => {
    if (ORDER.indexOf(event.level) >= least) stderr.print(formatLogEvent(event, sim.dateMs()));
  };
}

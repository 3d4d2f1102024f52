import type { LogSink } from '../../engine/kernel/logger';
import type { Process } from '../os/process';
import { formatLogEvent } from '../programs/lib/log4j';
import { PrintStream } from '../programs/lib/print-stream';
import { ServerLogFile } from './server-log-files';

const LOGS = '/opt/kafka/logs';

/** Loggers that `config/log4j.properties` sends to a file of their own, and not to standard output. */
const OWN_FILES: readonly (readonly [RegExp, string])[] = [
  [/^kafka\.controller(\.|$)/, 'controller.log'],
  [/^state\.change\.logger$/, 'state-change.log'],
  [/^kafka\.log\.LogCleaner/, 'log-cleaner.log'],
  [/^kafka\.authorizer\.logger$/, 'kafka-authorizer.log'],
  [/^kafka\.(request\.logger|network\.RequestChannel\$)/, 'kafka-request.log'],
];
/** These say DEBUG and TRACE as well. */
const VERBOSE = new Set(['controller.log', 'state-change.log']);

/**
 * Where a broker's lines go by its image's `config/log4j.properties`.
 *
 * Simplified: the files are not rolled every hour, and a changed log4j.properties changes nothing.
 */
export function kafkaLog4j(process: Process, out: PrintStream): LogSink {
  const { sim, files } = process.machine;
  const opened = new Map<string, ServerLogFile>();
  const append = (name: string, text: string): void => {
    let file = opened.get(name);
    if (file === undefined) {
      file = new ServerLogFile(files, `${LOGS}/${name}`);
      opened.set(name, file);
    }
    file.append(text);
  };
  return (event) => {
    const own = OWN_FILES.find(([logger]) => logger.test(event.logger))?.[1];
    const detail = event.level === 'DEBUG' || event.level === 'TRACE';
    if (detail && (own === undefined || !VERBOSE.has(own))) return;
    const text = formatLogEvent(event, sim.dateMs());
    if (own !== undefined) {
      append(own, text);
      return;
    }
    out.print(text);
    append('server.log', text);
  };
}

import type { Program } from '../os/program';
import { FileError } from '../os/file-error';
import { decodeText } from '../os/text';
import { runBroker } from './broker-process';
import { parseProperties } from './server-properties';

const GIB = 1024 ** 3;
const UNITS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: GIB };

/** The heap that KAFKA_HEAP_OPTS asks for (`-Xmx1G`), in bytes; 1 GiB unless said. */
export function heapBytes(options: string | undefined): number {
  const match = /-Xmx(\d+)([kmgKMG])?/.exec(options ?? '');
  return match === null ? GIB : Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1);
}

/** `kafka-server-start.sh [-daemon] server.properties [--override property=value]*`. */
export const kafkaServerStart: Program = {
  name: 'kafka-server-start.sh',
  *main(process) {
    const args = process.args.filter((arg) => arg !== '-daemon');
    const [path, ...rest] = args;
    if (path === undefined) {
      yield* process.err(`USAGE: ${process.argv[0]} [-daemon] server.properties [--override property=value]*\n`);
      return 1;
    }
    let text: string;
    try {
      text = decodeText(process.files.readFile(path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* process.out(`java.io.FileNotFoundException: ${path} (${error.message})\n`);
      return 1;
    }
    const properties = parseProperties(text);
    for (let i = 0; i < rest.length; i += 2) {
      const [key = '', value = ''] = (rest[i + 1] ?? '').split(/=(.*)/s);
      if (rest[i] === '--override') properties.set(key, value);
    }
    return yield* runBroker(process, properties, heapBytes(process.env.get('KAFKA_HEAP_OPTS')));
  },
};

/** `kafka-server-stop.sh`: tells the broker of this machine to end. */
export const kafkaServerStop: Program = {
  name: 'kafka-server-stop.sh',
  *main(process) {
    const brokers = [...process.machine.processes.values()].filter((each) => each !== process && each.argv.includes('kafka.Kafka'));
    if (brokers.length === 0) {
      yield* process.out('No kafka server to stop\n');
      return 1;
    }
    for (const broker of brokers) broker.signal('SIGTERM');
    return 0;
  },
};

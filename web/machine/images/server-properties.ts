/** The keys and values of the `config/server.properties` that Kafka 1.1.0 ships; `#` before a key means that it is commented out. */
const SECTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['Who this broker is; -1 lets ZooKeeper choose', ['broker.id=0']],
  ['Where it listens, and what it tells clients to connect to', [
    '#listeners=PLAINTEXT://:9092',
    '#advertised.listeners=PLAINTEXT://your.host.name:9092',
    '#listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL',
  ]],
  ['Threads and socket buffers', [
    'num.network.threads=3',
    'num.io.threads=8',
    'socket.send.buffer.bytes=102400',
    'socket.receive.buffer.bytes=102400',
    'socket.request.max.bytes=104857600',
  ]],
  ['Where logs are kept, and how many partitions a topic gets by default', ['log.dirs=/tmp/kafka-logs', 'num.partitions=1', 'num.recovery.threads.per.data.dir=1']],
  ['Replication of the internal topics: 1 is for trying out', [
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
  ]],
  ['Flushing to disk; left to the operating system', ['#log.flush.interval.messages=10000', '#log.flush.interval.ms=1000']],
  ['How long records are kept', [
    'log.retention.hours=168',
    '#log.retention.bytes=1073741824',
    'log.segment.bytes=1073741824',
    'log.retention.check.interval.ms=300000',
  ]],
  ['ZooKeeper', ['zookeeper.connect=localhost:2181', 'zookeeper.connection.timeout.ms=6000']],
  ['How long a new group waits for more members; 0 is for trying out', ['group.initial.rebalance.delay.ms=0']],
];

export function defaultServerProperties(): string {
  return SECTIONS.map(([comment, lines]) => `# ${comment}\n${lines.join('\n')}\n`).join('\n');
}

/**
 * Puts a setting into the text of a properties file: in the place of its line, commented out or not, else at the end.
 * @source wurstmeister/kafka-docker 1.1.0 start-kafka.sh
 */
export function setProperty(text: string, key: string, value: string): string {
  const lines = text.split('\n');
  const own = new RegExp(`^#?${key.replaceAll('.', '\\.')}=`);
  if (lines.some((line) => own.test(line))) return lines.map((line) => (own.test(line) ? `${key}=${value}` : line)).join('\n');
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${key}=${value}\n`;
}

/**
 * What the image's environment makes of the file: every `KAFKA_X_Y=v` is the setting `x.y=v`, `KAFKA_HOME` apart.
 * As in the image, names such as KAFKA_PORT and KAFKA_VERSION become settings that no broker knows.
 */
export function applyEnvironment(text: string, env: ReadonlyMap<string, string>): string {
  let out = text;
  for (const [name, value] of env) {
    if (!name.startsWith('KAFKA_') || name.startsWith('KAFKA_HOME')) continue;
    out = setProperty(out, name.slice('KAFKA_'.length).toLowerCase().replaceAll('_', '.'), value);
  }
  return out;
}

/**
 * Java's `Properties.load`: `key=value`, `key: value` or `key value`, `#` and `!` comments, lines continued by a backslash, escapes.
 * Later lines win.
 */
export function parseProperties(text: string): Map<string, string> {
  const out = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const match = /^((?:\\.|[^\\=:\s])*)\s*[=:]?\s*([\s\S]*)$/.exec(line);
    if (match !== null) out.set(unescape(match[1] as string), unescape(match[2] as string));
  }
  return out;
}

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let pending = '';
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.replace(/^[ \t\f]+/, '');
    if (pending === '' && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const slashes = /\\*$/.exec(line)?.[0].length ?? 0;
    if (slashes % 2 === 1) {
      pending += line.slice(0, -1);
      continue;
    }
    lines.push(pending + line);
    pending = '';
  }
  if (pending !== '') lines.push(pending);
  return lines;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescape(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_all, code: string | undefined, character: string) =>
    code === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(parseInt(code, 16)),
  );
}

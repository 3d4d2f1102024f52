/**
 * Masks what differs between two recordings of one scenario: times, ids, measured numbers, orders of hash tables.
 * Both sides of a comparison go through it. The numbers are those of the rules in docs/recordings.md.
 */

const HEX = '[0-9a-f]';

/** Rules for one line, in their order; number 6 needs the scenario's commands and stands apart. */
const LINE_RULES: readonly (readonly [RegExp, string])[] = [
  [/\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\]/g, '[TS]'], // 1
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[:,]\d{3}/g, 'DATE'], // 2
  [new RegExp(`${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`, 'g'), 'UUID'], // 3
  [/console-consumer-\d+/g, 'console-consumer-N'], // 4
  [/perf-consumer-\d+/g, 'perf-consumer-N'],
  [/(_)([0-9A-Za-z.-]+)-\d{13}-[0-9a-f]{7,8}/g, '$1HOST-MS-HEX'], // 5
];

const LATER_RULES: readonly (readonly [RegExp, string])[] = [
  [/\/\d{1,3}(?:\.\d{1,3}){3}(?= ) */g, '/IP '], // 7
  [/\d{1,3}(?:\.\d{1,3}){3}(?=[:\s]|$)/g, 'IP'],
  [new RegExp(`kafka-logs-${HEX}{12}`, 'g'), 'kafka-logs-HOST'], // 8
  [/(01verifyinstallation[a-z]*|three)_(\w+?)_1\.(01verifyinstallation[a-z]*|three)_default/g, '$2'],
  [/"id":"[A-Za-z0-9_-]{22}"/g, '"id":"CLUSTERID"'], // 9
  [/correlation id \d+/g, 'correlation id N'], // 10
  [/\[I@[0-9a-f]+/g, '[I@HEX'], // 11
  [/\b\d+ ms has passed/g, 'N ms has passed'], // 12
  [/crc: \d+/g, 'crc: N'], // 13
  [/^checksum:\d+$/, 'checksum:N'],
  [/"avg_throughput":[0-9.E]+/g, '"avg_throughput":X'], // 14
  [/^((?:cZxid|mZxid|pZxid) = )0x[0-9a-f]+/, '$10xN'], // 15
  [/^((?:ctime|mtime) = ).*/, '$1DATE'],
  [/^(ephemeralOwner = )0x[0-9a-f]{6,}/, '$10xN'],
  [/sessionid 0x[0-9a-f]+/g, 'sessionid 0xN'],
];

function maskTimes(line: string, kept: readonly number[]): string {
  return line.replaceAll(/(?<!\d)\d{13}(?!\d)/g, (digits) => {
    const value = Number(digits);
    return kept.some((each) => value - each >= 0 && value - each < 1000) ? digits : 'MS';
  });
}

function sortedOverrides(text: string): string {
  return text.split(/,(?=[\w.]+=)/).sort().join(',');
}

function maskMeasurements(line: string): string {
  const producer = /^(\d+) records sent, [0-9.]+ records\/sec \([0-9.]+ MB\/sec\), [0-9.]+ ms avg latency, [0-9.]+ ms max latency, \d+ ms 50th/.exec(line);
  if (producer !== null) return `${producer[1]} records sent, PERF SUMMARY`; // 16
  const consumer = /^DATE, DATE, ([0-9.]+), [0-9.]+, (\d+), /.exec(line);
  return consumer === null ? line : `DATE, DATE, ${consumer[1]}, X, ${consumer[2]}, CONSUMER PERF ROW`; // 17
}

function sortWithin(line: string): string {
  const topic = /^(.*Configs:)(\S+)(.*)$/.exec(line); // 18
  if (topic !== null && (topic[2] as string).includes('=')) return `${topic[1]}${sortedOverrides(topic[2] as string)}${topic[3]}`;
  const entity = /^(Configs for .* are )(\S+=.*)$/.exec(line);
  if (entity !== null) return `${entity[1]}${sortedOverrides(entity[2] as string)}`;
  if (line.startsWith('{"version":1,"partitions":[')) return sortedReassignment(line); // 25
  const circle = 'Circular dependency between ';
  if (line.startsWith(circle)) return circle + line.slice(circle.length).split(' and ').sort().join(' and '); // 26
  if (/^\[[^[\]{}"=:]*\]$/.test(line)) return `[${line.slice(1, -1).split(', ').sort().join(', ')}]`; // 19
  return line;
}

function sortedReassignment(line: string): string {
  try {
    const json = JSON.parse(line) as { partitions: { topic: string; partition: number }[] };
    json.partitions.sort((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition));
    return JSON.stringify(json);
  } catch {
    return line;
  }
}

function maskLine(line: string, kept: readonly number[]): string {
  let out = line;
  for (const [pattern, mask] of LINE_RULES) out = out.replace(pattern, mask);
  out = maskTimes(out, kept); // 6
  for (const [pattern, mask] of LATER_RULES) out = out.replace(pattern, mask);
  return sortWithin(maskMeasurements(out));
}

/** 20 and 21: lines that never count. */
const DROPPED = /^\tat |^\t\.\.\. \d+ more$|^\d+ records sent, [0-9.]+ records\/sec \([0-9.]+ MB\/sec\), [0-9.]+ ms avg latency, [0-9.]+ max latency\.$/;
/** 22: the head of a table whose rows have no order of their own. */
const TABLE_HEAD = /^(TOPIC +PARTITION|CONSUMER-ID +HOST|COORDINATOR )/;
/** 23: warnings that may repeat. */
const REPEATS = /\] WARN |Connection refused|INVALID_TOPIC|LEADER_NOT_AVAILABLE/;
/** 24: what a connection adds to zookeeper-shell's output. */
const ZOOKEEPER_NOISE = new Set(['', 'WATCHER::', 'WatchedEvent state:SyncConnected type:None path:null']);

/** The tagged lines of one command, masked. `commands` are all commands of the scenario. */
export function normaliseOutput(lines: readonly string[], command: string, commands: readonly string[]): string[] {
  const kept = commands.flatMap((each) => [...each.matchAll(/(?<!\d)\d{13}(?!\d)/g)].map((match) => Number(match[0])));
  const zookeeper = command.includes('zookeeper-shell.sh');
  const out: string[] = [];
  let table: string[] | undefined;
  let previous = '';
  const endTable = (): void => {
    if (table !== undefined) out.push(...table.sort());
    table = undefined;
  };
  for (const line of lines) {
    const match = /^([OE]\\?\|) ([\s\S]*)$/.exec(line);
    if (match === null) {
      endTable();
      previous = '';
      out.push(line);
      continue;
    }
    const tag = match[1] as string;
    if (DROPPED.test(match[2] as string)) continue;
    const text = maskLine(match[2] as string, kept);
    if (zookeeper && tag === 'O|' && ZOOKEEPER_NOISE.has(text)) continue;
    const current = `${tag} ${text}`;
    if (table !== undefined) {
      if (tag === 'O|' && text !== '') {
        table.push(current);
        continue;
      }
      endTable();
    }
    if (tag === 'O|' && TABLE_HEAD.test(text)) {
      out.push(current);
      table = [];
      previous = '';
      continue;
    }
    if (current === previous && REPEATS.test(text)) continue;
    out.push(current);
    previous = current;
  }
  endTable();
  return out;
}

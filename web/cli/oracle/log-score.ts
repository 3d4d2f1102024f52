import { align } from './align';

/** What differs between two recordings of one container's log, in this order. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\b\d+(\.\d+)? ?(ms|milliseconds?|seconds|sec|s)\b/g, 'N $2'],
  [/(took|in|after) \d+\b/g, '$1 N'],
  [/0x[0-9a-f]+/g, '0xN'],
  [/@[0-9a-f]{5,8}\b/g, '@HEX'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID'],
  [/(Cluster ID = )\S+/g, '$1ID'],
  [/\/?\d{1,3}(\.\d{1,3}){3}:\d+/g, 'IP:PORT'],
  [/\/?\d{1,3}(\.\d{1,3}){3}/g, 'IP'],
  [/kafka-logs-[0-9a-f]{12}/g, 'kafka-logs-HOST'],
  [/\b[0-9a-f]{12}\b/g, 'HOST'],
  [/\b[0-9a-f]{32}\b/g, 'HEX'],
  [/(environment:[\w.]+)=.*/g, '$1'],
  [/\b\d{13}\b/g, 'MS'],
  [/(console-consumer|perf-consumer)-\d+/g, '$1-N'],
  [/(\w+?)\/IP/g, '$1/IP'],
  [/(01verifyinstallation|three)_(\w+?)_1\.\1_default/g, '$2'],
];
const KAFKA_TIME = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] /;
const ZOOKEEPER_LINE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (.*)$/;
const STACK_FRAME = /^\s+at |^\t\.\.\. /;

function mask(line: string): string {
  return MASKS.reduce((text, [pattern, to]) => text.replace(pattern, to), line).trimEnd();
}

/** Masked lines by logger: threads interleave freely, one class's lines keep their order. A message's further lines belong to its logger. */
export function linesByLogger(text: string): Map<string, string[]> {
  const out = new Map<string, string[]>();
  const add = (logger: string, line: string): void => {
    out.set(logger, [...(out.get(logger) ?? []), mask(line)]);
  };
  let block: string[] = [];
  const close = (): void => {
    if (block.length === 0) return;
    const logger = /\(([\w.$]+)\)\s*$/.exec(block.join('\n'))?.[1] ?? 'none';
    for (const line of block) if (line.trim() !== '' && !STACK_FRAME.test(line)) add(logger, line);
    block = [];
  };
  for (const line of text.split('\n')) {
    const zookeeper = ZOOKEEPER_LINE.exec(line)?.[1];
    if (zookeeper !== undefined) {
      close();
      const logger = /\[(?:[^[\]]*:)?([\w$]+)@\d+\]/.exec(zookeeper)?.[1] ?? 'none';
      add(logger, zookeeper.replaceAll(/\[[^[\]]*?:?([\w$]+@\d+)\]/g, '[$1]'));
    } else if (KAFKA_TIME.test(line)) {
      close();
      block = [line.replace(KAFKA_TIME, '')];
    } else if (block.length > 0) block.push(line);
    else if (line.trim() !== '' && !STACK_FRAME.test(line)) add('none', line);
    if (block.length > 1 && /\([\w.$]+\)\s*$/.test(block.at(-1) as string)) close();
  }
  close();
  return out;
}

export interface LogScore {
  readonly identical: number;
  readonly total: number;
  /** Per logger that differs: lines of one side only. */
  readonly differences: ReadonlyMap<string, readonly string[]>;
}

/** How far two logs of one container agree. */
export function scoreLogs(recorded: string, simulated: string): LogScore {
  const a = linesByLogger(recorded);
  const b = linesByLogger(simulated);
  const differences = new Map<string, readonly string[]>();
  let identical = 0;
  let total = 0;
  for (const logger of [...new Set([...a.keys(), ...b.keys()])].sort()) {
    const left = a.get(logger) ?? [];
    const right = b.get(logger) ?? [];
    const { common, difference } = align(left, right);
    identical += common;
    total += Math.max(left.length, right.length);
    if (difference.length > 0) differences.set(logger, difference);
  }
  return { identical, total, differences };
}

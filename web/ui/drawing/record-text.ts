import type { RecordSnapshot } from '../../session/snapshot';

/** Control characters would break a line of a drawing; they are shown as their pictures. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f]/g, (character) => {
    const code = character.charCodeAt(0);
    return code === 0x7f ? '\u2421' : String.fromCharCode(0x2400 + code);
  });
}

/** `key = value` for a hover, each as far as it is known. */
export function recordTip(record: RecordSnapshot, topicPartition: string): string {
  if (record.kind === 'commit' || record.kind === 'abort') return `${topicPartition} offset ${record.offset}\n${record.kind} marker`;
  const value = record.value === null ? 'null, a tombstone' : printable(record.value);
  const pair = record.key === null ? value : `${printable(record.key)} = ${value}`;
  return `${pair}\n${topicPartition} offset ${record.offset}`;
}

/** The first letter of a key, for the cell. */
export function keyInitial(key: string | null): string | undefined {
  if (key === null || key === '') return undefined;
  return printable([...key][0] ?? '');
}

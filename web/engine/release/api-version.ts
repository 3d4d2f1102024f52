/** The release that is simulated. */
export const KAFKA_VERSION = '1.1.0';
export const KAFKA_COMMIT_ID = 'fdcf75ea326b8e07';

/** `inter.broker.protocol.version` -> the record format that came with it (0, 1 or 2), oldest first. */
const MESSAGE_FORMATS: readonly (readonly [string, number])[] = [
  ['0.8.0', 0],
  ['0.8.1', 0],
  ['0.8.2', 0],
  ['0.9.0', 0],
  ['0.10.0-IV0', 1],
  ['0.10.0-IV1', 1],
  ['0.10.0', 1],
  ['0.10.1-IV0', 1],
  ['0.10.1-IV1', 1],
  ['0.10.1-IV2', 1],
  ['0.10.1', 1],
  ['0.10.2-IV0', 1],
  ['0.10.2', 1],
  ['0.11.0-IV0', 2],
  ['0.11.0-IV1', 2],
  ['0.11.0-IV2', 2],
  ['0.11.0', 2],
  ['1.0-IV0', 2],
  ['1.0', 2],
  ['1.1-IV0', 2],
  ['1.1', 2],
];
const FORMAT_BY_VERSION = new Map(MESSAGE_FORMATS);

/**
 * The record format of a version such as `0.10.2`, `1.1-IV0` or `1.1.0`. Throws Error with Kafka's text for another.
 * @source kafka 1.1.0 core/src/main/scala/kafka/api/ApiVersion.scala
 */
export function messageFormatOf(version: string): number {
  const segments = version.startsWith('0.') ? 3 : 2;
  const format = FORMAT_BY_VERSION.get(version.split('.').slice(0, segments).join('.'));
  if (format === undefined) throw new Error(`Version \`${version}\` is not a valid version`);
  return format;
}

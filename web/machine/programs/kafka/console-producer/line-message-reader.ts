import type { ProducerRecord } from '../../../../engine/clients/producer/producer-record';
import { encodeText } from '../../../os/text';

/** A line without the key that was asked for. */
export class NoKeyFoundError extends Error {}

/**
 * Turns lines into records: the whole line is the value, or with parse.key what stands before the first separator is the key.
 *
 * Errors: NoKeyFoundError for a line without separator, unless ignore.error is true.
 * @source kafka 1.1.0 core/src/main/scala/kafka/tools/ConsoleProducer.scala LineMessageReader
 */
export class LineMessageReader {
  private readonly parseKey: boolean;
  private readonly keySeparator: string;
  private readonly ignoreError: boolean;
  private lineNumber = 0;

  constructor(
    private readonly topic: string,
    properties: ReadonlyMap<string, string>,
  ) {
    const isTrue = (name: string): boolean => properties.get(name)?.trim().toLowerCase() === 'true';
    this.parseKey = isTrue('parse.key');
    this.keySeparator = properties.get('key.separator') ?? '\t';
    this.ignoreError = isTrue('ignore.error');
  }

  recordOf(line: string): ProducerRecord {
    this.lineNumber += 1;
    const { topic } = this;
    if (!this.parseKey) return { topic, key: null, value: encodeText(line) };
    const at = line.indexOf(this.keySeparator);
    if (at >= 0) return { topic, key: encodeText(line.slice(0, at)), value: encodeText(line.slice(at + this.keySeparator.length)) };
    if (this.ignoreError) return { topic, key: null, value: encodeText(line) };
    throw new NoKeyFoundError(`No key found on line ${this.lineNumber}: ${line}`);
  }
}

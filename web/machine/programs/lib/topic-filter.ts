import { compileJavaRegex } from './java-regex';

/**
 * Which topics a `--topic` or `--whitelist` means: a regular expression in which a comma is an "or".
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/consumer/TopicFilter.scala
 */
export class TopicFilter {
  private readonly pattern: RegExp;

  /** Throws InvalidTopicFilterError. */
  constructor(raw: string) {
    const regex = raw
      .trim()
      .replaceAll(',', '|')
      .replaceAll(' ', '')
      .replace(/^["']+/, '')
      .replace(/["']+$/, '');
    const pattern = compileJavaRegex(regex);
    if (pattern === undefined) throw new InvalidTopicFilterError(`${regex} is an invalid regex.`);
    this.pattern = pattern;
  }

  matches(topic: string): boolean {
    return this.pattern.test(topic);
  }
}

/** The expression is none. */
export class InvalidTopicFilterError extends Error {
  readonly javaClass = 'java.lang.RuntimeException';
}

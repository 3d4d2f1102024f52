/** `String.hashCode` of Java: 31-based over UTF-16 units, a signed 32-bit number. */
export function javaStringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Kafka's `Utils.abs`: 0 for the one number that has no positive counterpart. */
export function kafkaAbs(n: number): number {
  return n === -2147483648 ? 0 : Math.abs(n);
}

import { javaStringHash } from '../protocol/java-string-hash';

const INITIAL_CAPACITY = 11;
const LOAD_FACTOR = 0.75;

/**
 * The order in which `java.util.Properties` of Java 8 hands out its keys, put in as they come in `keys`.
 *
 * Why: the settings of a topic are stored and shown in it.
 * @source openjdk 8u151 java/util/Hashtable.java
 */
export function propertiesOrder(keys: readonly string[]): string[] {
  let table: string[][] = Array.from({ length: INITIAL_CAPACITY }, () => []);
  const bucket = (key: string): string[] => table[(javaStringHash(key) & 0x7fffffff) % table.length] as string[];
  let count = 0;
  for (const key of keys) {
    if (count >= Math.floor(table.length * LOAD_FACTOR)) {
      const old = table;
      table = Array.from({ length: old.length * 2 + 1 }, () => []);
      for (const chain of [...old].reverse()) for (const each of chain) bucket(each).unshift(each);
    }
    bucket(key).unshift(key);
    count += 1;
  }
  return [...table].reverse().flat();
}

/** The same map in that order. */
export function inPropertiesOrder(properties: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(propertiesOrder([...properties.keys()]).map((key) => [key, properties.get(key) as string]));
}

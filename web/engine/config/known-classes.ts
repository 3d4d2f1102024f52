const SERIALIZATION = 'org.apache.kafka.common.serialization.';
const SERIALIZED_TYPES = ['ByteArray', 'ByteBuffer', 'Bytes', 'Double', 'Float', 'Integer', 'Long', 'Short', 'String'];

/**
 * The Java classes that a setting may name, because a program here does what they do.
 * Simplified: a class that Kafka ships and that is not in this list counts as not found.
 */
const KNOWN_CLASSES: ReadonlySet<string> = new Set([
  ...SERIALIZED_TYPES.flatMap((type) => [`${SERIALIZATION}${type}Serializer`, `${SERIALIZATION}${type}Deserializer`]),
  'org.apache.kafka.clients.producer.internals.DefaultPartitioner',
  'org.apache.kafka.clients.consumer.RangeAssignor',
  'org.apache.kafka.clients.consumer.RoundRobinAssignor',
  'org.apache.kafka.clients.consumer.StickyAssignor',
]);

export function isKnownClass(name: string): boolean {
  return KNOWN_CLASSES.has(name);
}

/**
 * What start-kafka.sh's sed makes of one setting: an existing line, also one that is commented out, is replaced where it stands; else a line
 * is appended. A value with `@` breaks the real script's sed; here the line then stays as it was, and `false` is returned.
 * @source wurstmeister/kafka-docker tag 1.1.0 start-kafka.sh
 */
export function setProperty(lines: string[], key: string, value: string): boolean {
  if (value.includes('@')) return false;
  const pattern = new RegExp(`^#?${escape(key)}=`);
  let found = false;
  for (let at = 0; at < lines.length; at++) {
    if (!pattern.test(lines[at] as string)) continue;
    found = true;
    lines[at] = `${key}=${value}`;
  }
  if (!found) lines.push(`${key}=${value}`);
  return true;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** `KAFKA_ADVERTISED_HOST_NAME` -> `advertised.host.name`. */
export function propertyKey(variable: string, prefix: string): string {
  return variable.slice(prefix.length).toLowerCase().replaceAll('_', '.');
}

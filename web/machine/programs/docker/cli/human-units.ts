/** `About a minute`, `3 weeks`: how Docker says a span of seconds. */
export function humanDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.round(seconds / 3600);
  if (seconds < 1) return 'Less than a second';
  if (seconds < 2) return '1 second';
  if (seconds < 60) return `${Math.floor(seconds)} seconds`;
  if (minutes === 1) return 'About a minute';
  if (minutes < 46) return `${minutes} minutes`;
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(seconds / 3600 / 24 / 365)} years`;
}

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `1.85kB`, `451MB`: powers of 1000, `digits` significant ones (`%.3g`). */
export function humanSize(bytes: number, digits = 3): string {
  return scaled(bytes, 1000, DECIMAL, digits);
}

/** `12.5MiB`: powers of 1024. */
export function humanBinarySize(bytes: number, digits = 4): string {
  return scaled(bytes, 1024, BINARY, digits);
}

function scaled(bytes: number, base: number, units: readonly string[], digits: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit += 1;
  }
  return `${significant(value, digits)}${units[unit] as string}`;
}

/** C's `%.{digits}g` for what is not huge and not tiny. */
function significant(value: number, digits: number): string {
  const whole = String(Math.floor(value)).length;
  const text = value.toFixed(Math.max(0, digits - whole));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

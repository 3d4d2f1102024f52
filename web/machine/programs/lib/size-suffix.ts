const POWERS = 'KMGTPEZY';

/** The factor of `K`, `kB`, `MiB`, `b` and so on; undefined when there is no such suffix. */
function factorOf(suffix: string): number | undefined {
  if (suffix === '') return 1;
  if (suffix === 'b') return 512;
  const match = /^([kKMGTPEZY])(B|iB)?$/.exec(suffix);
  if (match === null) return undefined;
  const power = POWERS.indexOf((match[1] as string).toUpperCase()) + 1;
  const base = match[2] === 'B' ? 1000 : 1024;
  let factor = 1;
  for (let i = 0; i < power; i++) factor *= base;
  return factor;
}

/** `10`, `2K`, `1MB`; undefined when it is no such number. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)(\D*)$/.exec(text);
  const factor = match === null ? undefined : factorOf(match[2] as string);
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}

/** `ls -h`, `du -h`: 1.5K, 12M; rounded up, as GNU does. */
export function humanSize(bytes: number, base = 1024): string {
  if (bytes < base) return String(bytes);
  let value = bytes;
  let power = -1;
  while (value >= base && power < POWERS.length - 1) {
    value /= base;
    power += 1;
  }
  const tenths = Math.ceil(value * 10 - 1e-9);
  if (tenths < 100) return `${Math.floor(tenths / 10)}.${tenths % 10}${unit(power, base)}`;
  const whole = Math.ceil(value - 1e-9);
  return whole >= base ? `1.0${unit(power + 1, base)}` : `${whole}${unit(power, base)}`;
}

function unit(power: number, base: number): string {
  const letter = POWERS[power] as string;
  return base === 1000 && letter === 'K' ? 'k' : letter;
}

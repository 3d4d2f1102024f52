const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };
const LONGEST_US = 1e15;

/** `1.5`, `2m`, `infinity` in whole microseconds; undefined when it is no duration. */
export function parseDuration(text: string): number | undefined {
  if (/^\+?inf(inity)?$/i.test(text)) return LONGEST_US;
  const match = /^\+?(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)([smhd]?)$/.exec(text);
  if (match === null) return undefined;
  return Math.min(LONGEST_US, Math.ceil(Number(match[1]) * (SECONDS[match[2] as string] as number) * 1e6));
}

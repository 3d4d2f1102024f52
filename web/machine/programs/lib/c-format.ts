/** One conversion of a C format: `%-08.3f`. */
export interface Conversion {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly letter: string;
}

function padded(text: string, conversion: Conversion): string {
  const width = conversion.width ?? 0;
  if (text.length >= width) return text;
  if (conversion.flags.includes('-')) return text.padEnd(width);
  return text.padStart(width);
}

export function formatString(text: string, conversion: Conversion): string {
  return padded(conversion.precision === undefined ? text : text.slice(0, conversion.precision), conversion);
}

/** %d %i %o %u %x %X of a whole number. */
export function formatInteger(value: bigint, conversion: Conversion): string {
  const { letter, flags, precision } = conversion;
  const signed = letter === 'd' || letter === 'i';
  const radix = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10;
  const magnitude = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  let digits = magnitude.toString(radix);
  if (precision !== undefined) digits = precision === 0 && magnitude === 0n ? '' : digits.padStart(precision, '0');
  if (flags.includes('#') && letter === 'o' && !digits.startsWith('0')) digits = `0${digits}`;
  let prefix = flags.includes('#') && radix === 16 && magnitude !== 0n ? '0x' : '';
  if (signed) prefix = value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const text = withPrefix(prefix, digits, conversion, precision === undefined);
  return letter === 'X' ? text.toUpperCase() : text;
}

/** %e %f %g %a and their capitals of a floating-point number. */
export function formatFloat(value: number, conversion: Conversion): string {
  const { letter, flags } = conversion;
  const lower = letter.toLowerCase();
  const negative = value < 0 || Object.is(value, -0);
  const prefix = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const magnitude = Math.abs(value);
  const finite = Number.isFinite(magnitude);
  const digits = Number.isNaN(magnitude) ? 'nan' : !finite ? 'inf' : floatDigits(magnitude, lower, conversion);
  const text = withPrefix(prefix, digits, conversion, finite);
  return letter === lower ? text : text.toUpperCase();
}

function withPrefix(prefix: string, digits: string, conversion: Conversion, mayZeroPad: boolean): string {
  const width = conversion.width ?? 0;
  const zeros = mayZeroPad && conversion.flags.includes('0') && !conversion.flags.includes('-');
  return zeros ? prefix + digits.padStart(width - prefix.length, '0') : padded(prefix + digits, conversion);
}

function floatDigits(value: number, letter: string, conversion: Conversion): string {
  const precision = Math.min(conversion.precision ?? 6, 100);
  const alternative = conversion.flags.includes('#');
  if (letter === 'f') return fixed(value, precision) + (alternative && precision === 0 ? '.' : '');
  if (letter === 'e') return exponential(value, precision);
  const significant = precision === 0 ? 1 : precision;
  const exponent = value === 0 ? 0 : Number(value.toExponential(significant - 1).split('e')[1]);
  const plain = exponent >= -4 && exponent < significant;
  const text = plain ? fixed(value, significant - 1 - exponent) : exponential(value, significant - 1);
  if (alternative || !text.includes('.')) return text;
  return text.replace(/\.?0+(e|$)/, '$1');
}

/** toFixed for any size; JavaScript's switches to exponents at 1e21. */
function fixed(value: number, precision: number): string {
  if (value < 1e21) return value.toFixed(Math.min(100, precision));
  return BigInt(value).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
}

function exponential(value: number, precision: number): string {
  const [mantissa, exponent] = value.toExponential(precision).split('e') as [string, string];
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

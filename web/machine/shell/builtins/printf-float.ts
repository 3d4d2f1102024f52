/** `%f`, `%e` and `%g` as C's printf writes them. Simplified: `%a` prints as `%g` does. */
export function formatFloat(
  value: number, directive: { readonly flags: string; readonly precision: number | undefined; readonly conversion: string },
): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : directive.flags.includes('+') ? '+' : directive.flags.includes(' ') ? ' ' : '';
  const size = Math.abs(value);
  const precision = directive.precision ?? 6;
  const kind = directive.conversion.toLowerCase();
  let text: string;
  if (!Number.isFinite(value)) text = Number.isNaN(value) ? 'nan' : 'inf';
  else if (kind === 'f') text = fixed(size, precision);
  else if (kind === 'e') text = exponential(size, precision);
  else text = general(size, precision === 0 ? 1 : precision, directive.flags.includes('#'));
  const out = sign + text;
  return directive.conversion === kind ? out : out.toUpperCase();
}

/** toFixed stops at 1e21; past it a number is whole and BigInt writes it. */
function fixed(value: number, precision: number): string {
  const digits = Math.min(100, precision);
  if (value >= 1e21) return `${BigInt(value)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  const text = value.toFixed(digits);
  const tie = /^50*$/.test(value.toFixed(100).split('.')[1]?.slice(digits) ?? '');
  return tie && /[13579]$/.test(text) ? lowered(text) : text;
}

/** One less in the last place: C rounds ties to even, toFixed rounds them up. */
function lowered(text: string): string {
  const digits = String(BigInt(text.replace('.', '')) - 1n).padStart(text.replace('.', '').length, '0');
  const point = text.indexOf('.');
  return point < 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function exponential(value: number, precision: number): string {
  return value.toExponential(Math.min(100, precision)).replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number, keepZeros: boolean): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(Math.min(100, precision - 1)).split('e')[1]);
  const text = exponent < -4 || exponent >= precision ? exponential(value, precision - 1) : fixed(value, precision - 1 - exponent);
  return keepZeros || !text.includes('.') ? text : text.replace(/\.?0+(?=e|$)/, '');
}

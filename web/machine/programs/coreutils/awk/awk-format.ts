import { type Conversion, formatFloat, formatInteger, formatString } from '../../lib/c-format';
import type { AwkRuntime } from './awk-runtime';
import { AwkError } from './awk-streams';
import { Input, type Value, toNumber } from './awk-value';

/** printf and sprintf: the format first, then its arguments. */
export function formatAwk(runtime: AwkRuntime, values: readonly Value[]): string {
  const format = runtime.toText(values[0]);
  let next = 1;
  let conversions = 0;
  let out = '';
  const take = (): Value => {
    if (next >= values.length) {
      runtime.print(out);
      throw new AwkError(`not enough arguments passed to printf("${format}")`);
    }
    return values[next++];
  };
  for (const match of format.matchAll(/%%|%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?([hlLq]*)([^])?|[^%]+/g)) {
    if (match[0] === '%%') out += '%';
    else if (!match[0].startsWith('%')) out += match[0];
    else {
      conversions += 1;
      const letter = match[5];
      if (letter === undefined) throw new AwkError(`not enough arguments passed to printf("${format}")`);
      if (!'diouxXcsfFeEgG'.includes(letter)) throw new AwkError(`improper conversion(number ${conversions}) in printf("${format}")`);
      let flags = match[1] as string;
      let width = match[2] === '*' ? Math.trunc(toNumber(take())) : match[2] === undefined ? undefined : Number(match[2]);
      const precision = match[3] === '*' ? Math.trunc(toNumber(take())) : match[3] === undefined ? undefined : Number(match[3]);
      if (width !== undefined && width < 0) {
        flags += '-';
        width = -width;
      }
      out += convert(runtime, take(), { flags, width, precision, letter });
    }
  }
  return out;
}

function convert(runtime: AwkRuntime, value: Value, conversion: Conversion): string {
  switch (conversion.letter) {
    case 'c': {
      const code = typeof value === 'number' ? value : value instanceof Input ? value.numeric : undefined;
      const text = code === undefined ? runtime.toText(value).slice(0, 1) : String.fromCharCode(code & 0xff);
      return formatString(text, { ...conversion, precision: undefined });
    }
    case 's':
      return formatString(runtime.toText(value), conversion);
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X': {
      const number = toNumber(value);
      if (!Number.isFinite(number)) return formatInteger(number > 0 ? 9223372036854775807n : -9223372036854775808n, conversion);
      return formatInteger(BigInt(Math.trunc(number)), conversion);
    }
    default:
      return formatFloat(toNumber(value), conversion);
  }
}

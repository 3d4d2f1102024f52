import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJavaScript } from './js-source';
import { Pattern, PatternTooComplex } from './pattern';
import { PikeVm } from './pike-vm';
import { PosixParser } from './posix-parser';

const expression = fc.letrec((tie) => ({
  atom: fc.oneof(fc.constantFrom('a', 'b', '.', '[ab]', '[^a]'), tie('group')),
  group: (tie('alternatives') as fc.Arbitrary<string>).map((inner) => `(${inner})`),
  repeat: fc.tuple(tie('atom') as fc.Arbitrary<string>, fc.constantFrom('', '*', '+', '?', '{1,2}')).map(([atom, suffix]) => atom + suffix),
  sequence: fc.array(tie('repeat') as fc.Arbitrary<string>, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  alternatives: fc.array(tie('sequence') as fc.Arbitrary<string>, { minLength: 1, maxLength: 2, depthIdentifier: 'alternatives' }).map((options) => options.join('|')),
})).alternatives as fc.Arbitrary<string>;

describe('a pattern', () => {
  it('is found by the machine wherever backtracking finds it, at the same place and never shorter', () => {
    fc.assert(
      fc.property(expression, fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }), (source, text) => {
        const parser = new PosixParser(source, 'strict');
        const tree = parser.parse();
        const found = new PikeVm(tree, parser.groupCount, false).exec(text, 0);
        const expected = new RegExp(toJavaScript(tree), 'su').exec(text);
        expect(found === null).toBe(expected === null);
        if (found === null || expected === null) return;
        expect(found[0]).toBe(expected.index);
        expect(found[1]).toBeGreaterThanOrEqual(expected.index + expected[0].length);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the longest of alternatives that begin alike', () => {
    const match = Pattern.compile('a|ab|abc', { syntax: 'extended' }).exec('xabcd');
    expect([match?.start, match?.end]).toEqual([1, 4]);
  });

  it('answers at once where backtracking would take for ever', () => {
    expect(Pattern.compile('(a+)+$', { syntax: 'extended' }).test(`${'a'.repeat(20_000)}!`)).toBe(false);
  });

  it('gives up on back-references over long texts instead of hanging', () => {
    const pattern = Pattern.compile('\\(a*\\)*\\1b', { syntax: 'basic' });
    expect(() => pattern.test('a'.repeat(3000))).toThrow(PatternTooComplex);
  });
});

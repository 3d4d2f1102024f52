/**
 * A pattern of `java.util.regex` as JavaScript's; undefined when Java would refuse it.
 *
 * Simplified: possessive quantifiers match as greedy ones; what only one of the two languages knows is refused.
 */
export function compileJavaRegex(pattern: string): RegExp | undefined {
  const withoutPossessives = pattern.replace(/([*+?}])\+/g, '$1');
  if (hasStrayBrace(withoutPossessives)) return undefined;
  try {
    return new RegExp(`^(?:${withoutPossessives})$`, 's');
  } catch {
    return undefined;
  }
}

/** Java takes `{` for the beginning of a quantifier; JavaScript lets it pass. */
function hasStrayBrace(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  return bare.replace(/[^({|]\{\d+(,\d*)?\}/g, '').includes('{');
}

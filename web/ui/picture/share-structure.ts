/**
 * `next` with every part that equals the same part of `previous` replaced by that part.
 *
 * Why: snapshots arrive as fresh copies; with shared parts a drawing sees by identity what it need not draw again.
 * Both must be plain data without cycles.
 */
export function shareStructure<T>(previous: T | null, next: T): T {
  return share(previous, next) as T;
}

function share(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (typeof previous !== 'object' || typeof next !== 'object' || previous === null || next === null) return next;
  if (Array.isArray(next)) return Array.isArray(previous) ? shareArray(previous, next) : next;
  return Array.isArray(previous) ? next : shareObject(previous as Record<string, unknown>, next as Record<string, unknown>);
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  let same = previous.length === next.length;
  const shared = next.map((item, index) => {
    const kept = share(previous[index], item);
    if (kept !== previous[index]) same = false;
    return kept;
  });
  return same ? previous : shared;
}

function shareObject(previous: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  let same = Object.keys(previous).length === keys.length;
  const shared: Record<string, unknown> = {};
  for (const key of keys) {
    shared[key] = share(previous[key], next[key]);
    if (shared[key] !== previous[key] || !(key in previous)) same = false;
  }
  return same ? previous : shared;
}

/** Lines `from`..`to` (exclusive, counted from 0) of one side that became lines of the other. */
export interface Hunk {
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

const MAX_COST = 4000;

/** Myers' shortest edit script between two lists of numbers (equal lines have equal numbers). Past MAX_COST edits the rest counts as replaced. */
export function editScript(left: readonly number[], right: readonly number[]): Hunk[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  const removed = new Uint8Array(left.length + 1);
  const added = new Uint8Array(right.length + 1);
  mark(left.slice(start, leftEnd), right.slice(start, rightEnd), start, removed, added);
  shiftDown(left, removed, added);
  shiftDown(right, added, removed);
  return hunksOf(removed, added, left.length, right.length);
}

function mark(left: readonly number[], right: readonly number[], offset: number, removed: Uint8Array, added: Uint8Array): void {
  const n = left.length;
  const m = right.length;
  const most = Math.min(n + m, MAX_COST);
  const trace: Int32Array[] = [];
  const base = most + 1;
  let furthest = new Int32Array(2 * most + 3);
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice());
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest[base + k - 1] as number) < (furthest[base + k + 1] as number));
      let x = down ? (furthest[base + k + 1] as number) : (furthest[base + k - 1] as number) + 1;
      let y = x - k;
      while (x < n && y < m && left[x] === right[y]) {
        x += 1;
        y += 1;
      }
      furthest[base + k] = x;
      if (x >= n && y >= m) {
        walkBack({ trace, base, d, x: n, y: m, offset, removed, added });
        return;
      }
    }
    furthest = furthest.slice();
  }
  removed.fill(1, offset, offset + n);
  added.fill(1, offset, offset + m);
}

function walkBack(walk: { trace: readonly Int32Array[]; base: number; d: number; x: number; y: number; offset: number; removed: Uint8Array; added: Uint8Array }): void {
  const { trace, base, offset, removed, added } = walk;
  let { x, y } = walk;
  for (let d = walk.d; d > 0; d--) {
    const furthest = trace[d] as Int32Array;
    const k = x - y;
    const down = k === -d || (k !== d && (furthest[base + k - 1] as number) < (furthest[base + k + 1] as number));
    const previousK = down ? k + 1 : k - 1;
    const previousX = furthest[base + previousK] as number;
    const previousY = previousX - previousK;
    if (down) added[offset + previousY] = 1;
    else removed[offset + previousX] = 1;
    x = previousX;
    y = previousY;
  }
}

/** Moves each run of changes as far down as it goes, and joins it with the next, as GNU's diff does. */
function shiftDown(lines: readonly number[], changed: Uint8Array, other: Uint8Array): void {
  let otherAt = 0;
  for (let i = 0; i < lines.length; ) {
    if (changed[i] !== 1) {
      while (other[otherAt] === 1) otherAt += 1;
      otherAt += 1;
      i += 1;
      continue;
    }
    let start = i;
    let end = i;
    while (changed[end] === 1) end += 1;
    const blocked = (): boolean => other[otherAt] === 1;
    if (!blocked()) {
      while (end < lines.length && lines[start] === lines[end] && !blocked()) {
        changed[start++] = 0;
        changed[end++] = 1;
        otherAt += 1;
        while (changed[end] === 1) end += 1;
      }
    }
    i = end;
    while (other[otherAt] === 1) otherAt += 1;
  }
}

function hunksOf(removed: Uint8Array, added: Uint8Array, leftLength: number, rightLength: number): Hunk[] {
  const hunks: Hunk[] = [];
  let i = 0;
  let j = 0;
  while (i < leftLength || j < rightLength) {
    if (removed[i] !== 1 && added[j] !== 1) {
      i += 1;
      j += 1;
      continue;
    }
    const hunk = { leftStart: i, rightStart: j };
    while (removed[i] === 1) i += 1;
    while (added[j] === 1) j += 1;
    hunks.push({ ...hunk, leftEnd: i, rightEnd: j });
  }
  return hunks;
}

/** One thing that will happen: `fn(arg)` at `timeUs`. All fields are set in the constructor so that every event has one shape. */
export class SimEvent {
  timeUs: number;
  sequence: number;
  fn: (arg: never) => void;
  arg: unknown;
  /** Place in the heap, -1 when the event is not pending. */
  index: number;

  constructor(timeUs: number, sequence: number, fn: (arg: never) => void, arg: unknown) {
    this.timeUs = timeUs;
    this.sequence = sequence;
    this.fn = fn;
    this.arg = arg;
    this.index = -1;
  }
}

function before(a: SimEvent, b: SimEvent): boolean {
  return a.timeUs < b.timeUs || (a.timeUs === b.timeUs && a.sequence < b.sequence);
}

/**
 * Pending events, earliest first; events of one instant in the order in which they were added.
 *
 * Why: a binary heap of plain objects that know their index, since a third of all timers are cancelled.
 */
export class EventQueue {
  private readonly heap: SimEvent[] = [];

  get size(): number {
    return this.heap.length;
  }

  peek(): SimEvent | undefined {
    return this.heap[0];
  }

  push(event: SimEvent): void {
    event.index = this.heap.length;
    this.heap.push(event);
    this.siftUp(event.index);
  }

  pop(): SimEvent | undefined {
    const first = this.heap[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** True when the event was pending. */
  remove(event: SimEvent): boolean {
    const index = event.index;
    if (index < 0) return false;
    event.index = -1;
    const last = this.heap.pop() as SimEvent;
    if (last === event) return true;
    this.heap[index] = last;
    last.index = index;
    this.siftUp(index);
    this.siftDown(last.index);
    return true;
  }

  private siftUp(start: number): void {
    const heap = this.heap;
    let index = start;
    const event = heap[index] as SimEvent;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as SimEvent;
      if (!before(event, parent)) break;
      heap[index] = parent;
      parent.index = index;
      index = parentIndex;
    }
    heap[index] = event;
    event.index = index;
  }

  private siftDown(start: number): void {
    const heap = this.heap;
    const size = heap.length;
    let index = start;
    const event = heap[index] as SimEvent;
    for (;;) {
      let childIndex = 2 * index + 1;
      if (childIndex >= size) break;
      let child = heap[childIndex] as SimEvent;
      const right = childIndex + 1 < size ? (heap[childIndex + 1] as SimEvent) : undefined;
      if (right !== undefined && before(right, child)) {
        child = right;
        childIndex += 1;
      }
      if (!before(child, event)) break;
      heap[index] = child;
      child.index = index;
      index = childIndex;
    }
    heap[index] = event;
    event.index = index;
  }
}

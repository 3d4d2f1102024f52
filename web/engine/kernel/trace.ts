/** Names an event and carries the type of what it says. Declared once, beside the code that emits it, as `subject.past`. */
export interface TraceEventType<T> {
  readonly name: string;
  /** Never set; carries `T`. */
  readonly payload?: T;
}

export function traceEvent<T>(name: string): TraceEventType<T> {
  return { name };
}

export type TraceListener<T> = (payload: T, timeUs: number) => void;

/** Where events of one type come out. Test `hot` before building a payload: an event that nobody listens to allocates nothing. */
export class TraceChannel<T> {
  hot = false;
  private readonly listeners: TraceListener<T>[] = [];

  constructor(
    readonly name: string,
    private readonly clock: { readonly nowUs: number },
  ) {}

  emit(payload: T): void {
    for (const listener of this.listeners) listener(payload, this.clock.nowUs);
  }

  /** Returns how to stop listening. */
  listen(listener: TraceListener<T>): () => void {
    this.listeners.push(listener);
    this.hot = true;
    return () => {
      const at = this.listeners.indexOf(listener);
      if (at >= 0) this.listeners.splice(at, 1);
      this.hot = this.listeners.length > 0;
    };
  }
}

export class Trace {
  private readonly channels = new Map<string, TraceChannel<unknown>>();
  private readonly everyListener: ((name: string, payload: unknown, timeUs: number) => void)[] = [];

  constructor(private readonly clock: { readonly nowUs: number }) {}

  channel<T>(type: TraceEventType<T>): TraceChannel<T> {
    let channel = this.channels.get(type.name);
    if (channel === undefined) {
      channel = new TraceChannel<unknown>(type.name, this.clock);
      this.channels.set(type.name, channel);
      for (const listener of this.everyListener) this.join(channel, listener);
    }
    return channel as TraceChannel<T>;
  }

  /** Hears every event of every channel, those of channels made later too. */
  listenToAll(listener: (name: string, payload: unknown, timeUs: number) => void): void {
    this.everyListener.push(listener);
    for (const channel of this.channels.values()) this.join(channel, listener);
  }

  private join(channel: TraceChannel<unknown>, listener: (name: string, payload: unknown, timeUs: number) => void): void {
    channel.listen((payload, timeUs) => listener(channel.name, payload, timeUs));
  }
}

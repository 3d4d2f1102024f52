import type { Snapshot } from '../../session/snapshot';

const HUES = 12;
/** With more keys than this nobody follows one by its colour; the rest take theirs by length, so that memory stays bounded. */
const MOST_KEYS = 4096;

/** Which of the twelve hues a key has, in order of first appearance; a key keeps its hue for the session. 0 is "no key". */
export class KeyColours {
  private readonly colours = new Map<string, number>();

  of(key: string | null): number {
    if (key === null) return 0;
    const known = this.colours.get(key);
    if (known !== undefined) return known;
    if (this.colours.size >= MOST_KEYS) return (key.length % HUES) + 1;
    const colour = (this.colours.size % HUES) + 1;
    this.colours.set(key, colour);
    return colour;
  }

  /** Gives hues in the order in which the keys stand in the logs, whatever is drawn first. */
  meet(snapshot: Snapshot): void {
    for (const topic of snapshot.topics) {
      if (topic.isInternal) continue;
      for (const partition of topic.partitions) for (const record of partition.records) this.of(record.key);
    }
  }
}

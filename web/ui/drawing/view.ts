import type { Snapshot } from '../../session/snapshot';
import type { NextCommand } from './chip';
import type { Motion } from '../picture/motion';

/** What a view gets. A view is a pure function of it. */
export interface ViewProps {
  /** The world as the picture shows it. */
  readonly snapshot: Snapshot;
  readonly motion: Motion;
  /** px of the stage. */
  readonly width: number;
  readonly height: number;
  /** The size step of windows from 1600 px on. */
  readonly wide: boolean;
  /** The hue of a key, 0 to 12; 0 is "no key". */
  readonly keyColour: (key: string | null) => number;
  /** What is selected, in the words of `selection.ts` beside this file. */
  readonly selection: string | null;
  /** The topic that was asked for; null for the newest. */
  readonly topic: string | null;
  /** Commands that make real what is not there yet. */
  readonly nextCommands: NextCommands;
}

/** For each outline the command that makes it real, and the number of the lab's step; `current` when that step is next. */
export interface NextCommands {
  readonly cluster: NextCommand;
  readonly topic: NextCommand;
  readonly producer: NextCommand;
  readonly consumer: NextCommand;
}

import type { LabDocument } from '../../lab/lab-document';
import type { Snapshot } from '../../session/snapshot';
import { NOTHING_MOVES } from '../picture/motion';
import type { Motion } from '../picture/motion';
import type { Preferences } from './preferences';

export type ViewId = 'cluster' | 'topic';
/** What a window too narrow for panes side by side shows. */
export type NarrowPane = 'lab' | 'stage' | 'terminals';

/** All that the page shows and that is not the DOM's own business. */
export interface PageState extends Preferences {
  readonly lab: LabDocument | null;
  /** The world as the picture shows it; null until the first frame. */
  readonly snapshot: Snapshot | null;
  readonly motion: Motion;
  /** Counts the workers that were started: terminals of an older one are thrown away. */
  readonly generation: number;
  /** The speed that was asked for, until the simulation has it; else null. */
  readonly wishedSpeed: number | null;
  readonly ready: boolean;
  readonly view: ViewId;
  readonly asTable: boolean;
  /** The topic that the Topic view shows; null for the newest. */
  readonly topic: string | null;
  /** What is selected on the stage, such as `record:helloworld:0:3`. */
  readonly selection: string | null;
  readonly terminals: readonly number[];
  readonly focusedTerminal: number;
  /** Columns and rows, by terminal. */
  readonly terminalSizes: Readonly<Record<number, { readonly columns: number; readonly rows: number }>>;
  /** The terminal that fills the whole centre. */
  readonly filledTerminal: number | null;
  readonly preferTabs: boolean;
  /** Path on the laptop of the file in the file pane. */
  readonly openFile: string | null;
  readonly fileInFront: boolean;
  readonly narrowPane: NarrowPane;
  readonly helpOpen: boolean;
  /** The lab's lines that were entered in a terminal by hand. */
  readonly enteredLines: ReadonlySet<string>;
  /** Index of the lab step that is unfolded beside the current one. */
  readonly unfoldedStep: number | null;
  readonly failure: { readonly message: string; readonly eventNumber: number | null; readonly seed: number | null } | null;
  readonly silent: boolean;
  /** Another tab owns the stored session: nothing is saved here. */
  readonly notSaved: boolean;
}

export function initialState(preferences: Preferences, lab: LabDocument | null): PageState {
  return {
    ...preferences,
    lab,
    snapshot: null,
    motion: NOTHING_MOVES,
    generation: 0,
    wishedSpeed: null,
    ready: false,
    view: 'cluster',
    asTable: false,
    topic: null,
    selection: null,
    terminals: [],
    focusedTerminal: 1,
    terminalSizes: {},
    filledTerminal: null,
    preferTabs: false,
    openFile: null,
    fileInFront: false,
    narrowPane: 'lab',
    helpOpen: false,
    enteredLines: new Set(),
    unfoldedStep: null,
    failure: null,
    silent: false,
    notSaved: false,
  };
}

/** Simulated time per wall time as the page shows it: a wish counts at once, so that keys and a drag can follow each other. */
export function speedOf({ wishedSpeed, snapshot }: Pick<PageState, 'wishedSpeed' | 'snapshot'>): number {
  return wishedSpeed ?? snapshot?.clock.speed ?? 1;
}

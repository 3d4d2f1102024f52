import type { LabData } from '../../lab/lab-data';
import { parseTape, TapeError } from '../../lab/parse-tape';
import { furnishLaptop, provideLibraries } from '../../session/furniture';
import type { LibrarySet } from '../../session/libraries';
import { Session } from '../../session/session';
import { TraceHash } from '../../session/trace-hash';
import { TapeFailure, TapePlayer, Transcript } from './play-tape';

export interface TapeResult {
  readonly terminals: Readonly<Record<string, string>>;
  readonly simulatedMs: number;
  readonly events: number;
  /** A fingerprint of all that happened. */
  readonly state: string;
  readonly failure: TapeFailure | TapeError | undefined;
}

export interface TapeOptions {
  readonly seed: number;
  readonly labs: readonly LabData[];
  readonly libraries: LibrarySet;
}

/** Plays a tape's text on a fresh session, in Node and in a browser alike. */
export function playTapeText(text: string, options: TapeOptions): TapeResult {
  provideLibraries(options.libraries);
  const transcripts = new Map<number, Transcript>();
  const session = new Session({
    seed: options.seed,
    labs: options.labs,
    labId: options.labs[0]?.document.id ?? '',
    onOutput: (terminal, output) => {
      const transcript = transcripts.get(terminal) ?? new Transcript();
      transcripts.set(terminal, transcript);
      transcript.add(output);
    },
  });
  session.furnish(furnishLaptop);
  for (let number = 1; number <= 4; number++) transcripts.set(number, new Transcript());
  const hash = new TraceHash(session.sim);
  let failure: TapeResult['failure'];
  try {
    new TapePlayer(session, transcripts).play(parseTape(text));
  } catch (error) {
    if (!(error instanceof TapeFailure || error instanceof TapeError)) throw error;
    failure = error;
  }
  const terminals: Record<string, string> = {};
  for (const number of session.openTerminals) terminals[String(number)] = transcripts.get(number)?.text ?? '';
  return { terminals, simulatedMs: Math.floor(session.sim.nowUs / 1000), events: session.sim.eventNumber, state: hash.value, failure };
}

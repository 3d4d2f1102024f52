import * as fflate from 'fflate';
import { readLabs } from '../lab/build/read-labs';
import { furnishLaptop, provideLibraries } from '../session/furniture';
import { Session } from '../session/session';

/** A session in Node, with every lab of the clone. */
export function createNodeSession(options: { readonly seed: number; readonly labId?: string; readonly onOutput?: (terminal: number, text: string) => void }): Session {
  provideLibraries({ fflate });
  const session = new Session({
    seed: options.seed,
    labs: readLabs('labs'),
    labId: options.labId ?? '01-verify-installation',
    onOutput: options.onOutput ?? (() => undefined),
  });  session.furnish(furnishLaptop);
  return session;
}

import type { Check } from './check';
import type { LabDocument } from './lab-document';

/** A lab as a session is given it: its text, its checks, and the files that its folder on the laptop holds. */
export interface LabData {
  readonly document: LabDocument;
  /** Per step. */
  readonly checks: readonly (readonly Check[])[];
  /** Path below the lab's folder -> text. */
  readonly files: Readonly<Record<string, string>>;
}

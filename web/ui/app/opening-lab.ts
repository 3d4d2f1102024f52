import { LABS } from 'virtual:labs';
import type { LabDocument } from '../../lab/lab-document';

/** The lab that the page opens on. */
export function openingLab(): LabDocument | null {
  return LABS[0]?.document ?? null;
}

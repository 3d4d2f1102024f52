import type { LabDocument } from '../../../lab/lab-document';

/** Where the labs stand on the laptop. */
const LABS_FOLDER = '/home/student/kafka-labs/labs';

/** The path on the laptop of a file of the lab's folder. */
export function labFilePath(lab: LabDocument, name: string): string {
  return `${LABS_FOLDER}/${lab.folder}/${name}`;
}

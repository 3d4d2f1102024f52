import type { LabBlock, LabDocument, LabPiece } from '../../../lab/lab-document';
import { shownKeys } from './shown-keys';

/** The lines that typing a block by hand takes; none for output, and none for keys without text. */
function linesOf(block: LabBlock): readonly string[] {
  if (block.kind === 'sh') return block.text.split('\n').map(plain).filter(Boolean);
  if (block.kind === 'keys') return shownKeys(block.text).filter(({ isKey }) => !isKey).map(({ text }) => plain(text)).filter(Boolean);
  return [];
}

function blocksOf(lab: LabDocument): readonly LabBlock[] {
  const pieces: readonly LabPiece[] = [...lab.intro, ...lab.steps.flatMap(({ body, hint }) => [...body, ...hint])];
  return pieces.filter((piece): piece is LabBlock => piece.kind !== 'prose');
}

/** Which of the lab's lines stand at the end of a line of a terminal, behind its prompt. */
export function labLinesIn(lab: LabDocument, line: string): readonly string[] {
  const shown = plain(line);
  const wanted = new Set(blocksOf(lab).flatMap(linesOf));
  return [...wanted].filter((text) => shown === text || shown.endsWith(` ${text}`) || shown.endsWith(`>${text}`));
}

/** The blocks whose every line has been entered. */
export function enteredBlocks(lab: LabDocument, entered: ReadonlySet<string>): readonly LabBlock[] {
  return blocksOf(lab).filter((block) => {
    const lines = linesOf(block);
    return lines.length > 0 && lines.every((line) => entered.has(line));
  });
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

import * as fflate from 'fflate';
import { expect, test } from 'vitest';
import { readLabs } from '../../web/lab/build/read-labs';
import type { LabBlock } from '../../web/lab/lab-document';
import { parseTape } from '../../web/lab/parse-tape';
import { TapePlayer, Transcript } from '../../web/cli/tape/play-tape';
import { furnishLaptop, provideLibraries } from '../../web/session/furniture';
import { Session } from '../../web/session/session';

const labs = readLabs('labs');
const STEP_LIMIT_US = 300_000_000;

test.each(labs.map((lab) => lab.document.id))("%s: each step is not met before its own commands and is met after them", (labId) => {
  const lab = labs.find((each) => each.document.id === labId);
  if (lab === undefined) throw new Error('no such lab');
  provideLibraries({ fflate });
  const transcripts = new Map([1, 2, 3, 4].map((number) => [number, new Transcript()] as const));
  const session = new Session({ seed: 1, labs, labId, onOutput: (terminal, text) => transcripts.get(terminal)?.add(text) });
  session.furnish(furnishLaptop);
  const player = new TapePlayer(session, transcripts);
  lab.document.steps.forEach((step, index) => {
    expect(session.labProgress.steps[index]?.met, `step ${index + 1} is met before it begins`).toBe(false);
    for (const piece of step.body) if (piece.kind === 'sh' || piece.kind === 'keys') player.play(parseTape(blockTape(piece)));
    const endUs = session.sim.nowUs + STEP_LIMIT_US;
    while (session.labProgress.steps[index]?.met !== true && session.sim.nowUs < endUs) session.run(session.sim.nowUs + 500_000);
    expect(session.labProgress.steps[index]?.differs ?? null).toBeNull();
    expect(session.labProgress.steps[index]?.met).toBe(true);
  });
});

/** A block as a tape: each line of a shell block is typed once its terminal shows a prompt again, or after a while for what goes on running. */
function blockTape(block: LabBlock): string {
  if (block.kind === 'keys') return `Terminal ${block.terminal}\n${block.text}\nSleep 3s`;
  const lines = block.text.split('\n').filter((line) => line !== '');
  return [`Terminal ${block.terminal}`, ...lines.flatMap((line) => [`Type ${JSON.stringify(line).includes('\\') ? `'${line}'` : `"${line}"`}`, 'Enter', 'Sleep 20s'])].join('\n');
}

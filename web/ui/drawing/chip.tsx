import { Label, round } from './svg-text';

/** A command, the number of the lab's step that has it, and whether that step is next. */
export interface NextCommand {
  readonly text: string;
  readonly step: number | null;
  readonly current: boolean;
}

interface ChipSizes { readonly chip: number; readonly monoSize: number }

const MONO_COLUMN = 0.6;

/** The command that makes a thing real, on that thing's outline. The number is the lab's step; the next one stands on the accent. */
export function Chip({ command, x, mid, sizes, centred = false }: { command: NextCommand; x: number; mid: number; sizes: ChipSizes; centred?: boolean }) {
  const width = chipWidth(command, sizes);
  const { chip } = sizes;
  const left = centred ? x - width / 2 : x;
  const { current, step } = command;
  const textX = left + (step === null ? 12 : chip + 4);
  return (
    <g data-chip={command.text}>
      <rect x={round(left + 0.5)} y={round(mid - chip / 2 + 0.5)} width={round(width - 1)} height={chip - 1} rx={chip / 2} className={current ? 'f-accent s-accent' : 'f-2 s-line-2'} />
      {step !== null && <circle cx={round(left + chip / 2)} cy={round(mid)} r={chip / 2 - 4} className={current ? 'f-none s-on' : 'f-3'} />}
      {step !== null && <Label x={left + chip / 2} mid={mid} text={step} cls={`t-label w6${current ? ' c-on' : ''}`} anchor="middle" />}
      <Label x={textX} mid={mid} text={command.text} cls={`t-mono${current ? ' c-on' : ''}`} />
    </g>
  );
}

export function chipWidth(command: NextCommand, { chip, monoSize }: ChipSizes): number {
  return (command.step === null ? 8 : chip) + command.text.length * monoSize * MONO_COLUMN + 16;
}

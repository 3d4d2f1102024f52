import { Check, Clapperboard, Lightbulb, Square } from 'lucide-react';
import { useState } from 'react';
import type { LabStep } from '../../../lab/lab-document';
import { LabPieces } from './lab-pieces';
import type { LabPlayer } from './lab-player';

interface LabStepProps {
  readonly index: number;
  readonly step: LabStep;
  readonly isCurrent: boolean;
  readonly isNext: boolean;
  readonly met: boolean;
  /** One sentence; null when nothing is missing. */
  readonly differs: string | null;
  readonly isOpen: boolean;
  readonly player: LabPlayer;
  onToggle(): void;
}

/** One step of the lab: its name and state always, its text when it is the current one or unfolded. */
export function LabStepSection(props: LabStepProps) {
  const { index, step, isCurrent, isNext, met, differs, isOpen, player, onToggle } = props;
  const state = met ? 'done' : isCurrent ? 'now' : 'todo';
  const word = met ? 'done' : isCurrent ? '' : isNext ? 'next' : 'to do';
  return (
    <section className="lab-step" data-state={state} data-testid={`step-${index + 1}`} aria-current={isCurrent ? 'step' : undefined}>
      <h3>
        <button type="button" className="lab-step-name" aria-expanded={isOpen} onClick={onToggle} disabled={isCurrent}>
          <span className="lab-dot">{met ? <Check className="icon" aria-hidden="true" /> : <span className={`lab-ring ${state}`} />}</span>
          <span className="lab-name">{step.title}</span>
          <span className="lab-word">{word || <span className="sr-only">current step</span>}</span>
        </button>
      </h3>
      {isOpen && (
        <div className="lab-body">
          <LabPieces pieces={step.body} player={player} primary={isCurrent} />
          {differs !== null && !met && (
            <p className="lab-differs" role="status" data-testid={`differs-${index + 1}`}><span>What still differs</span>{differs}</p>
          )}
          {!met && <Helpers step={step} player={player} />}
        </div>
      )}
    </section>
  );
}

function Helpers({ step, player }: { step: LabStep; player: LabPlayer }) {
  const [hinted, setHinted] = useState(false);
  const playing = player.playing;
  const playable = step.body.some((piece) => piece.kind === 'sh' || piece.kind === 'keys');
  return (
    <>
      <div className="lab-row">
        {step.hint.length > 0 && (
          <button type="button" className="btn small line" aria-expanded={hinted} onClick={() => setHinted(!hinted)}>
            <Lightbulb className="icon" aria-hidden="true" />Hint
          </button>
        )}
        {playable && (
          <button type="button" className="btn small line" onClick={() => (playing ? player.stop() : player.play(step.body))}>
            {playing ? <Square className="icon" aria-hidden="true" /> : <Clapperboard className="icon" aria-hidden="true" />}{playing ? 'Stop' : 'Show me'}
          </button>
        )}
      </div>
      {hinted && <div className="lab-hint"><LabPieces pieces={step.hint} player={player} primary={false} /></div>}
    </>
  );
}

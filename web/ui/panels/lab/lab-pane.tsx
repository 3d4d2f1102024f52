import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { IconButton } from '../../app/icon-button';
import { StepDots } from '../../app/step-dots';
import { useEffect, useRef } from 'react';
import { usePage, usePageState } from '../../store/page';
import { LabPieces } from './lab-pieces';
import { LabStepSection } from './lab-step';
import { useLabPlayer } from './use-lab-player';
import './lab.css';

/** The lab's text beside the stage, or a rail with its steps. */
export function LabPane() {
  const { store } = usePage();
  const lab = usePageState((state) => state.lab);
  const folded = usePageState((state) => state.labFolded);
  const progress = usePageState((state) => state.snapshot?.lab);
  const unfolded = usePageState((state) => state.unfoldedStep);
  const player = useLabPlayer();
  const pane = useRef<HTMLElement>(null);
  const current = progress?.current ?? 0;
  useEffect(() => {
    if (current > 0) pane.current?.querySelector('[aria-current="step"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const fold = (labFolded: boolean) => store.setState({ labFolded });
  if (folded || !lab) {
    return (
      <aside className="lab-rail" aria-label="Lab, folded" data-pane>
        <IconButton icon={PanelLeftOpen} name="Open the lab (l)" onClick={() => fold(false)} />
        <StepDots />
      </aside>
    );
  }
  return (
    <aside className="lab" ref={pane} aria-label="Lab" data-pane data-testid="lab">
      <div className="lab-head">
        <div>
          <h2>{lab.title}</h2>
          <p className="lab-meta">Lab {lab.chapter} · about {lab.minutes} minutes</p>
        </div>
        <IconButton icon={PanelLeftClose} name="Fold the lab (l)" onClick={() => fold(true)} />
      </div>
      {current === 0 && <div className="lab-intro"><LabPieces pieces={lab.intro} player={player} primary={false} /></div>}
      {lab.steps.map((step, index) => (
        <LabStepSection key={index} index={index} step={step} isCurrent={index === current} isNext={index === current + 1}
          met={progress?.steps[index]?.met ?? false} differs={progress?.steps[index]?.differs ?? null}
          isOpen={index === current || index === unfolded} player={player}
          onToggle={() => store.setState({ unfoldedStep: index === unfolded ? null : index })} />
      ))}
      {current >= lab.steps.length && <p className="lab-done" role="status">All steps are done.</p>}
    </aside>
  );
}

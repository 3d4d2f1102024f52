import { Table2 } from 'lucide-react';
import { useState } from 'react';
import { useMeasures, useSize } from '../../app/measures';
import { showView } from '../../store/actions';
import { usePage, usePageState } from '../../store/page';
import { nextCommands } from './next-commands';
import { StageTip } from './stage-tip';
import { useStageEvents } from './use-stage-events';
import { VIEWS } from './views';
import { IconButton } from '../../app/icon-button';

/** One view at a time, as tabs, drawn or as a table. */
export function Stage() {
  const page = usePage();
  const view = usePageState((state) => state.view);
  const asTable = usePageState((state) => state.asTable);
  return (
    <section className="stage" aria-label="Stage">
      <nav className="tabs" aria-label="Views">
        <div role="tablist" aria-label="Views">
          {VIEWS.map(({ id, key, name }) => (
            <button type="button" key={id} role="tab" id={`tab-${id}`} aria-controls="stage-body" aria-selected={view === id} tabIndex={view === id ? 0 : -1}
              onClick={() => showView(page, id)}>
              <kbd aria-hidden="true">{key}</kbd>{name}
            </button>
          ))}
        </div>
        <span className="push" />
        <IconButton icon={Table2} name="As a table (t)" aria-pressed={asTable} onClick={() => page.store.setState({ asTable: !asTable })} />
      </nav>
      <StageBody />
    </section>
  );
}

function StageBody() {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const { width, height } = useSize(element);
  const { wide } = useMeasures();
  const viewId = usePageState((state) => state.view);
  const asTable = usePageState((state) => state.asTable);
  const selection = usePageState((state) => state.selection);
  useStageEvents(element);
  return (
    <div className="stage-body" id="stage-body" role="tabpanel" aria-labelledby={`tab-${viewId}`} tabIndex={0} data-pane ref={setElement} data-testid="stage">
      {width > 0 && <Drawing {...{ width, height, wide, viewId, asTable, selection }} />}
      <StageTip stage={element} />
    </div>
  );
}

function Drawing(props: { width: number; height: number; wide: boolean; viewId: string; asTable: boolean; selection: string | null }) {
  const { width, height, wide, viewId, asTable, selection } = props;
  const { session } = usePage();
  const snapshot = usePageState((state) => state.snapshot);
  const motion = usePageState((state) => state.motion);
  const lab = usePageState((state) => state.lab);
  const topic = usePageState((state) => state.topic);
  const view = VIEWS.find(({ id }) => id === viewId) ?? VIEWS[0]!;
  if (!snapshot) return null;
  if (asTable) return <view.Table snapshot={snapshot} />;
  return (
    <view.View snapshot={snapshot} motion={motion} width={width} height={height} wide={wide} selection={selection} topic={topic}
      keyColour={session.keyColour} nextCommands={nextCommands(lab, snapshot.lab?.current ?? 0)} />
  );
}

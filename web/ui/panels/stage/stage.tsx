import { Table2 } from 'lucide-react';
import { useState } from 'react';
import { useMeasures, useSize } from '../../app/measures';
import { select, showView } from '../../store/actions';
import { usePage, usePageState } from '../../store/page';
import { nextCommands } from './next-commands';
import { StageTip } from './stage-tip';
import { moveFocus } from './move-focus';
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
  const page = usePage();
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const { width, height } = useSize(element);
  const { wide } = useMeasures();
  const viewId = usePageState((state) => state.view);
  const asTable = usePageState((state) => state.asTable);
  const selection = usePageState((state) => state.selection);
  const selectAt = (target: EventTarget) => {
    const topic = (target as Element).closest('[data-show-topic]')?.getAttribute('data-show-topic');
    if (topic) page.store.setState({ topic });
    const name = (target as Element).closest('[data-select]')?.getAttribute('data-select');
    if (name) select(page, name === page.store.getState().selection ? null : name);
  };
  return (
    <div className="stage-body" id="stage-body" role="tabpanel" aria-labelledby={`tab-${viewId}`} tabIndex={0} data-pane ref={setElement} data-testid="stage"
      onClick={(event) => selectAt(event.target)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || (event.key === ' ' && (event.target as Element).closest('[data-select]'))) {
          event.preventDefault();
          selectAt(event.target);
        } else if (moveFocus(event.currentTarget, event.key)) {
          event.preventDefault();
        }
      }}>
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

import { X } from 'lucide-react';
import { IconButton } from '../../app/icon-button';
import { select } from '../../store/actions';
import { usePage, usePageState } from '../../store/page';
import { VIEWS } from '../stage/views';
import { inspect } from './inspect';
import './inspector.css';

/** The selected thing: its fields in Kafka's words, and why it is so. */
export default function Inspector() {
  const page = usePage();
  const selection = usePageState((state) => state.selection);
  const snapshot = usePageState((state) => state.snapshot);
  const view = usePageState((state) => state.view);
  const found = selection && snapshot ? inspect(selection, snapshot) : null;
  return (
    <aside className="inspector" aria-label="Inspector" data-pane data-testid="inspector">
      <div>
        <div className="inspector-head">
          <h2>{found?.title ?? 'Not there any more'}</h2>
          <IconButton icon={X} name="Close (Escape)" onClick={() => select(page, null)} />
        </div>
        <p className="inspector-sub">{found ? `${found.what}, selected in the ${VIEWS.find(({ id }) => id === view)?.name} view` : 'What was selected is gone.'}</p>
      </div>
      {found && (
        <dl className="inspector-fields">
          {found.fields.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
        </dl>
      )}
      {found?.why && <div className="inspector-why"><h3>{found.why.question}</h3><p>{found.why.answer}</p></div>}
    </aside>
  );
}

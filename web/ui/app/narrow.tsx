import { useEffect, useState } from 'react';
import { usePage, usePageState } from '../store/page';
import type { NarrowPane } from '../store/page-state';

const NARROW = '(max-width: 899px)';
const PANES: readonly { id: NarrowPane; name: string }[] = [
  { id: 'lab', name: 'Lab' }, { id: 'stage', name: 'Picture' }, { id: 'terminals', name: 'Terminals' },
];

/** True in a window that is too narrow for panes side by side. */
export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const onChange = () => setNarrow(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return narrow;
}

/** Which pane a narrow window shows. */
export function NarrowTabs() {
  const { store } = usePage();
  const shown = usePageState((state) => state.narrowPane);
  return (
    <nav aria-label="Panes"><div className="narrow-tabs" role="tablist" aria-label="Panes">
      {PANES.map(({ id, name }) => (
        <button type="button" key={id} role="tab" aria-selected={shown === id} onClick={() => store.setState({ narrowPane: id, labFolded: false })}>{name}</button>
      ))}
    </div></nav>
  );
}

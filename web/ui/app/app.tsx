import { lazy, Suspense, useEffect } from 'react';
import { Centre } from './centre';
import { handleKey } from './keys';
import { Notices } from './notices';
import { TopBar } from './top-bar';
import { usePage, usePageState } from '../store/page';
import { NarrowTabs, useNarrow } from './narrow';
import { LabPane } from '../panels/lab/lab-pane';
import { Timeline } from '../panels/timeline/timeline';

const Inspector = lazy(() => import('../panels/inspector/inspector'));
const Help = lazy(() => import('../panels/help/help'));

/** The whole page. */
export function App() {
  const page = usePage();
  const folded = usePageState((state) => state.labFolded);
  const inspecting = usePageState((state) => state.selection !== null);
  const helpOpen = usePageState((state) => state.helpOpen);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => handleKey(page, event);
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [page]);
  const narrow = useNarrow();
  const pane = usePageState((state) => state.narrowPane);
  useHiddenPause();
  const widths = {
    '--lab-width': folded ? 'var(--pane-lab-folded)' : 'var(--pane-lab)',
    '--inspector-width': inspecting ? 'var(--pane-inspector)' : '0px',
  } as React.CSSProperties;
  return (
    <div className={narrow ? 'app narrow' : 'app'}>
      <TopBar />
      {narrow && <NarrowTabs />}
      <main className="main" style={widths}>
        {(!narrow || pane === 'lab') && <LabPane />}
        {(!narrow || pane !== 'lab') && <Centre only={narrow && pane !== 'lab' ? pane : null} />}
        {inspecting ? <Suspense fallback={<aside className="inspector" />}><Inspector /></Suspense> : <span />}
      </main>
      <Timeline />
      <Notices />
      {helpOpen && <Suspense><Help /></Suspense>}
    </div>
  );
}

/** A page that nobody sees is paused; it goes on by itself when it was running before. */
function useHiddenPause() {
  const page = usePage();
  useEffect(() => {
    let pausedHere = false;
    const onChange = () => {
      const paused = page.store.getState().snapshot?.clock.paused ?? true;
      if (document.hidden && !paused) {
        pausedHere = true;
        page.session.pause();
      } else if (!document.hidden && pausedHere) {
        pausedHere = false;
        page.session.resume();
      }
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [page]);
}

import { OctagonX } from 'lucide-react';
import { usePage, usePageState } from '../store/page';

/** What the student has to decide: the program stopped, or does not answer. */
export function Notices() {
  const page = usePage();
  const failure = usePageState((state) => state.failure);
  const silent = usePageState((state) => state.silent);
  const notSaved = usePageState((state) => state.notSaved);
  if (failure) {
    return (
      <div className="notice" role="alert" data-testid="failure">
        <p className="word"><OctagonX className="icon" aria-hidden="true" />The simulation stopped. This is a mistake in Samsa, not in what you did.</p>
        <p>{failure.message.split('\n')[0]}</p>
        {failure.message.includes('\n') && <details><summary>Where it happened</summary><pre>{failure.message}</pre></details>}
        {failure.eventNumber !== null && <p>Seed {failure.seed}, event {failure.eventNumber}.</p>}
        <Restart />
      </div>
    );
  }
  if (silent) {
    return (
      <div className="notice" role="alert" data-testid="silence">
        <p className="word"><OctagonX className="icon" aria-hidden="true" />The simulation has not answered for 5 seconds.</p>
        <p>It may only be busy: then this goes away by itself. Ctrl+C in the terminal stops the program that runs there.</p>
        <Restart />
      </div>
    );
  }
  if (notSaved) {
    return (
      <div className="notice" role="status">
        <p>Samsa is open in another tab, and that tab keeps the session. What you do here is lost when you close this one.</p>
        <div className="row"><button type="button" className="btn line" onClick={() => page.store.setState({ notSaved: false })}>I see</button></div>
      </div>
    );
  }
  return null;
}

function Restart() {
  const { session } = usePage();
  return (
    <div className="row">
      <button type="button" className="btn primary" onClick={() => session.restart()}>Go back to before the last input</button>
      <button type="button" className="btn line" onClick={() => session.startOver()}>Start the lab anew</button>
    </div>
  );
}

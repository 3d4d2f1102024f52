import { usePageState } from '../store/page';

/** The lab's steps as dots: done, the current one, to do. */
export function StepDots() {
  const lab = usePageState((state) => state.lab);
  const progress = usePageState((state) => state.snapshot?.lab);
  if (!lab) return null;
  const current = progress?.current ?? 0;
  return (
    <ol className="steps" aria-label="Steps of the lab">
      {lab.steps.map((step, index) => {
        const met = progress?.steps[index]?.met ?? false;
        const state = met ? 'done' : index === current ? 'now' : 'todo';
        const word = { done: 'done', now: 'current step', todo: 'to do' }[state];
        return <li key={index} data-state={state} title={`${index + 1}. ${step.title}: ${word}`}><span className="sr-only">{step.title}: {word}</span></li>;
      })}
    </ol>
  );
}

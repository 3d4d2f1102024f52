import { useEffect } from 'react';
import { select } from '../../store/actions';
import { usePage } from '../../store/page';
import type { Page } from '../../store/page';
import { moveFocus } from './move-focus';

/** Lets the pointer and the keyboard select in a drawing: one listener for all that can be selected, since drawings change with every frame. */
export function useStageEvents(stage: HTMLElement | null): void {
  const page = usePage();
  useEffect(() => {
    if (!stage) return;
    const onClick = (event: Event) => selectAt(page, event.target as Element);
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as Element;
      if (event.key === 'Enter' || (event.key === ' ' && target.closest('[data-select]'))) selectAt(page, target);
      else if (!moveFocus(stage, event.key)) return;
      event.preventDefault();
    };
    stage.addEventListener('click', onClick);
    stage.addEventListener('keydown', onKey);
    return () => {
      stage.removeEventListener('click', onClick);
      stage.removeEventListener('keydown', onKey);
    };
  }, [page, stage]);
}

function selectAt(page: Page, target: Element): void {
  const topic = target.closest('[data-show-topic]')?.getAttribute('data-show-topic');
  if (topic) page.store.setState({ topic });
  const name = target.closest('[data-select]')?.getAttribute('data-select');
  if (name) select(page, name === page.store.getState().selection ? null : name);
}

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { LabDocument } from '../../lab/lab-document';
import type { SessionPort } from '../../worker/client/session-client';
import { initialState } from './page-state';
import type { PageState } from './page-state';
import { keepPreferences, loadPreferences } from './preferences';
import { Session } from './session';

/** What every part of the page works with: its state, and the session behind it. */
export interface Page {
  readonly store: StoreApi<PageState>;
  readonly session: Session;
}

export function createPage(options: { lab: LabDocument | null; createPort: () => SessionPort }): Page {
  const store = createStore<PageState>(() => initialState(loadPreferences(), options.lab));
  store.subscribe((state, before) => {
    if (state.theme !== before.theme || state.labFolded !== before.labFolded) keepPreferences(state);
  });
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  return { store, session: new Session(store, options.createPort, () => still.matches) };
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('no page around this component');
  return page;
}

/** A part of the page's state; the component is drawn again when that part changes. */
export function usePageState<T>(select: (state: PageState) => T): T {
  return useStore(usePage().store, select);
}

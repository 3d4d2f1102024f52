import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { LabDocument } from '../../lab/lab-document';
import type { SessionPort } from '../../worker/client/session-client';
import { createPage, PageContext } from '../store/page';
import { App } from './app';
import './tokens.css';
import './fonts.css';
import './page.css';
import './drawing.css';

const FONTS = ['400 14px "JetBrains Mono Variable"', '600 14px "Atkinson Hyperlegible Next Variable"'];

/** Puts the page into the document and starts the session behind it. */
export async function mountPage(options: { lab: LabDocument | null; createPort: () => SessionPort }): Promise<void> {
  const page = createPage(options);
  applyTheme(page.store.getState().theme);
  page.store.subscribe((state) => applyTheme(state.theme));
  // A terminal measures its letters once, so its font has to be there before.
  await Promise.all(FONTS.map((font) => document.fonts.load(font))).catch(() => undefined);
  createRoot(document.getElementById('page')!).render(
    <StrictMode><PageContext value={page}><App /></PageContext></StrictMode>,
  );
  await page.session.begin(await ownStore());
}

function applyTheme(theme: string): void {
  if (document.documentElement.dataset.theme !== theme) document.documentElement.dataset.theme = theme;
}

/** One tab owns the stored session; true when it is this one. The lock is held until the tab is closed. */
function ownStore(): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request('samsa/session', { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => undefined);
    }).catch(() => resolve(true));
  });
}

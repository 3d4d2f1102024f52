export type Theme = 'light' | 'dark';

/** What the page remembers of its own looks, apart from the session. */
export interface Preferences {
  readonly theme: Theme;
  readonly labFolded: boolean;
}

const KEY = 'samsa/preferences';

/** What was kept, else the system's theme and the lab open. */
export function loadPreferences(): Preferences {
  const fallback: Preferences = { theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light', labFolded: false };
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return {
      theme: kept.theme === 'dark' || kept.theme === 'light' ? kept.theme : fallback.theme,
      labFolded: kept.labFolded === true,
    };
  } catch {
    return fallback;
  }
}

export function keepPreferences({ theme, labFolded }: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ theme, labFolded }));
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}

import type { ITheme } from '@xterm/xterm';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The colours of terminals as the page's tokens give them now. */
export function terminalTheme(): ITheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const theme: ITheme = {
    background: token('surface-terminal'),
    foreground: token('term-fg'),
    cursor: token('term-cursor'),
    cursorAccent: token('surface-terminal'),
    selectionBackground: token('term-selection'),
    selectionInactiveBackground: token('term-selection'),
    scrollbarSliderBackground: token('line-2'),
    scrollbarSliderHoverBackground: token('line-3'),
    scrollbarSliderActiveBackground: token('line-3'),
  };
  NAMES.forEach((name, index) => {
    theme[name] = token(`ansi-${index}`);
    theme[`bright${name[0]!.toUpperCase()}${name.slice(1)}` as 'brightRed'] = token(`ansi-${index + 8}`);
  });
  return theme;
}

/** Sizes in px that decide how many columns and rows a terminal gets. */
export interface TerminalMetrics {
  /** Width of a column and height of a row. */
  readonly column: number;
  readonly row: number;
  readonly titleHeight: number;
}

export interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export interface TerminalLayout {
  /** `tabs`: one shows at a time. `columns`: side by side. `main-left`: the first at the left, the others stacked beside it. */
  readonly mode: 'tabs' | 'stack' | 'columns' | 'main-left' | 'grid';
  /** One box per terminal in order; in tabs all have the same. */
  readonly boxes: readonly Box[];
}

/** Left and right of the text together; above and below it together. */
export const PADDING_X = 16;
export const PADDING_Y = 8;
const LEAST_COLUMNS = 80;
const LEAST_ROWS = 3;
/** Panes touch; a line parts them. */
const LINE = 1;

/** The least height of a terminal with its title. */
export function leastHeight({ titleHeight, row }: TerminalMetrics): number {
  return titleHeight + PADDING_Y + LEAST_ROWS * row;
}

/** Side by side where each gets 80 columns, else stacked, else tabs. */
export function terminalLayout(count: number, width: number, height: number, metrics: TerminalMetrics, preferTabs: boolean): TerminalLayout {
  const whole: Box = { x: 0, y: 0, width, height };
  const tabs: TerminalLayout = { mode: 'tabs', boxes: Array.from({ length: count }, () => whole) };
  if (count <= 1 || preferTabs) return tabs;
  const half = (width - LINE) / 2;
  const sideBySide = Math.floor((half - PADDING_X) / metrics.column) >= LEAST_COLUMNS;
  if (sideBySide && count === 2) return { mode: 'columns', boxes: columnBoxes(half, height) };
  const most = Math.floor((height + LINE) / (leastHeight(metrics) + LINE));
  if (sideBySide && most >= 2) {
    const right = stack(half + LINE, 0, half, height, 2);
    if (count === 3) return { mode: 'main-left', boxes: [{ x: 0, y: 0, width: half, height }, ...right] };
    const left = stack(0, 0, half, height, 2);
    return { mode: 'grid', boxes: [left[0]!, right[0]!, left[1]!, right[1]!] };
  }
  if (count > most) return tabs;
  return { mode: 'stack', boxes: stack(0, 0, width, height, count) };
}

function columnBoxes(half: number, height: number): Box[] {
  return [{ x: 0, y: 0, width: half, height }, { x: half + LINE, y: 0, width: half, height }];
}

/** Equal shares, in whole px. */
function stack(x: number, y: number, width: number, height: number, count: number): Box[] {
  const each = (height - LINE * (count - 1)) / count;
  return Array.from({ length: count }, (_, index) => {
    const from = Math.round(y + index * (each + LINE));
    const to = Math.round(y + index * (each + LINE) + each);
    return { x, y: from, width, height: to - from };
  });
}

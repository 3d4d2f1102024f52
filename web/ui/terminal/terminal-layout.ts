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
  /** Lines between boxes that can be moved. */
  readonly seams: readonly Seam[];
}

/** A line between boxes: where it is, how far it may go, and what part of the place it spans. */
export interface Seam {
  readonly name: string;
  readonly orientation: 'horizontal' | 'vertical';
  readonly position: number;
  readonly least: number;
  readonly most: number;
  readonly cross: { readonly start: number; readonly size: number };
}

/** Where lines were moved to, by their names, as shares of the dock's width or height. */
export type SeamShares = Readonly<Record<string, number>>;

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

interface Place {
  readonly width: number;
  readonly height: number;
  readonly metrics: TerminalMetrics;
  readonly shares: SeamShares;
}

/** Side by side where each gets 80 columns, else stacked, else tabs. */
export function terminalLayout(count: number, place: Place & { preferTabs: boolean }): TerminalLayout {
  const { width, height, metrics } = place;
  const whole: Box = { x: 0, y: 0, width, height };
  const tabs: TerminalLayout = { mode: 'tabs', boxes: Array.from({ length: count }, () => whole), seams: [] };
  if (count <= 1 || place.preferTabs) return tabs;
  const most = Math.floor((height + LINE) / (leastHeight(metrics) + LINE));
  const sideBySide = (width - LINE) / 2 - PADDING_X >= LEAST_COLUMNS * metrics.column;
  if (sideBySide && (count === 2 || most >= 2)) return sideBySideLayout(count, place);
  if (count > most) return tabs;
  const { boxes, seams } = stack(Array.from({ length: count }, (_, index) => `between terminals ${index + 1} and ${index + 2}`), { x: 0, width }, place);
  return { mode: 'stack', boxes, seams };
}

function sideBySideLayout(count: number, place: Place): TerminalLayout {
  const { width, height, metrics } = place;
  const least = LEAST_COLUMNS * metrics.column + PADDING_X;
  const split = seam('left and right', 'vertical', (width - LINE) / 2, { least, most: width - LINE - least, length: width, cross: { start: 0, size: height } }, place.shares);
  const left = { x: 0, width: split.position };
  const right = { x: split.position + LINE, width: width - split.position - LINE };
  const tall = ({ x, width: wide }: typeof left): Box => ({ x, y: 0, width: wide, height });
  if (count === 2) return { mode: 'columns', boxes: [tall(left), tall(right)], seams: [split] };
  const rightStack = stack(['right, upper and lower', ''], right, place);
  if (count === 3) return { mode: 'main-left', boxes: [tall(left), ...rightStack.boxes], seams: [split, ...rightStack.seams] };
  const leftStack = stack(['left, upper and lower', ''], left, place);
  return {
    mode: 'grid',
    boxes: [leftStack.boxes[0]!, rightStack.boxes[0]!, leftStack.boxes[1]!, rightStack.boxes[1]!],
    seams: [split, ...leftStack.seams, ...rightStack.seams],
  };
}

/** Boxes below each other; equal shares until a line is moved. `names` has one name per box: that of the line below it. */
function stack(names: readonly string[], { x, width }: { x: number; width: number }, place: Place): { boxes: Box[]; seams: Seam[] } {
  const { height, metrics, shares } = place;
  const least = leastHeight(metrics);
  const count = names.length;
  const each = (height - LINE * (count - 1)) / count;
  const seams: Seam[] = [];
  let from = 0;
  const boxes = names.map((name, index): Box => {
    const last = index === count - 1;
    const below = count - 1 - index;
    const line = last ? null : seam(name, 'horizontal', (index + 1) * (each + LINE) - LINE, {
      least: from + least, most: height - below * (least + LINE), length: height, cross: { start: x, size: width },
    }, shares);
    if (line) seams.push(line);
    const to = line?.position ?? height;
    const box: Box = { x, y: from, width, height: to - from };
    from = to + LINE;
    return box;
  });
  return { boxes, seams };
}

function seam(
  name: string, orientation: Seam['orientation'], usual: number,
  room: { least: number; most: number; length: number; cross: Seam['cross'] }, shares: SeamShares,
): Seam {
  const share = shares[name];
  const wished = share === undefined ? usual : share * room.length;
  return { name, orientation, position: Math.round(Math.max(room.least, Math.min(room.most, wished))), least: room.least, most: room.most, cross: room.cross };
}

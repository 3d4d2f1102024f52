import { describe, expect, it } from 'vitest';
import { terminalLayout } from './terminal-layout';

const BASE = { column: 7.2, row: 16, titleHeight: 24 };
const WIDE = { column: 8.4, row: 20, titleHeight: 32 };

describe('where terminals stand', () => {
  it('gives one terminal the whole place', () => {
    expect(terminalLayout(1, { width: 960, height: 192, metrics: BASE, shares: {}, preferTabs: false })).toEqual({ mode: 'tabs', boxes: [{ x: 0, y: 0, width: 960, height: 192 }], seams: [] });
  });

  it('stacks where two side by side would have fewer than 80 columns', () => {
    const { mode, boxes } = terminalLayout(3, { width: 960, height: 296, metrics: BASE, shares: {}, preferTabs: false });
    expect(mode).toBe('stack');
    expect(boxes.map((box) => box.width)).toEqual([960, 960, 960]);
    for (const box of boxes) expect(box.height).toBeGreaterThanOrEqual(24 + 8 + 3 * 16);
  });

  it('puts two side by side with the lab folded at 1280', () => {
    expect(terminalLayout(2, { width: 1232, height: 200, metrics: BASE, shares: {}, preferTabs: false }).mode).toBe('columns');
  });

  it('puts the first at the left and two beside it at 1920', () => {
    const { mode, boxes } = terminalLayout(3, { width: 1504, height: 344, metrics: WIDE, shares: {}, preferTabs: false });
    expect(mode).toBe('main-left');
    expect(boxes[0]!.height).toBe(344);
    expect(Math.floor((boxes[0]!.width - 16) / WIDE.column)).toBe(87);
  });

  it('makes tabs when a terminal would have fewer than three rows', () => {
    expect(terminalLayout(4, { width: 960, height: 200, metrics: BASE, shares: {}, preferTabs: false }).mode).toBe('tabs');
  });

  it('moves a line as far as both sides keep their least size', () => {
    const place = { width: 1504, height: 344, metrics: WIDE, preferTabs: false };
    const [a, b] = terminalLayout(2, { ...place, shares: { 'left and right': 0.52 } }).boxes;
    expect(a!.width).toBe(782);
    expect(b!.width).toBe(721);
    expect(terminalLayout(2, { ...place, shares: { 'left and right': 0.99 } }).boxes[1]!.width).toBeGreaterThanOrEqual(80 * 8.4 + 16);
  });

  it('never lets two boxes overlap or leave the dock', () => {
    for (const count of [2, 3, 4]) for (const [width, height, metrics] of [[960, 320, BASE], [1504, 344, WIDE], [1232, 330, BASE]] as const) {
      const { mode, boxes } = terminalLayout(count, { width: width, height: height, metrics: metrics, shares: {}, preferTabs: false });
      if (mode === 'tabs') continue;
      boxes.forEach((a, index) => {
        expect(a.x + a.width).toBeLessThanOrEqual(width);
        expect(a.y + a.height).toBeLessThanOrEqual(height);
        for (const b of boxes.slice(index + 1)) {
          const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(apart).toBe(true);
        }
      });
    }
  });
});

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};
/** Something straight ahead is nearer than something as far away at an angle. */
const ASIDE_WEIGHT = 3;

/** Moves the focus to the nearest thing that can be selected in the direction of an arrow key. True when the key was one. */
export function moveFocus(stage: HTMLElement, key: string): boolean {
  const direction = DIRECTIONS[key];
  if (!direction) return false;
  const targets = [...stage.querySelectorAll<SVGElement>('[data-select]')];
  if (targets.length === 0) return false;
  const focused = targets.find((target) => target === document.activeElement);
  const next = focused ? nearest(targets, focused, direction) : targets[0];
  next?.focus();
  return true;
}

function nearest(targets: readonly SVGElement[], from: SVGElement, [dx, dy]: readonly [number, number]): SVGElement | undefined {
  const here = middle(from);
  let best: SVGElement | undefined;
  let bestDistance = Infinity;
  for (const target of targets) {
    const there = middle(target);
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
    if (target === from || along <= 1) continue;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    const distance = along + aside * ASIDE_WEIGHT;
    if (distance < bestDistance) [best, bestDistance] = [target, distance];
  }
  return best;
}

function middle(element: Element): { x: number; y: number } {
  const box = element.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

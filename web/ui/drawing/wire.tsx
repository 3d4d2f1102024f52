import type { ReactNode } from 'react';
import { round } from './svg-text';

export interface Point { readonly x: number; readonly y: number }
/** Corners of a connection, in the direction of what travels. */
export type Route = readonly Point[];

export function routeLength(route: Route): number {
  let sum = 0;
  for (let i = 1; i < route.length; i++) sum += distance(route[i - 1]!, route[i]!);
  return sum;
}

/** The place at `progress` (0 to 1) of the way, and the direction there as a unit vector. */
export function placeOnRoute(route: Route, progress: number): Point & { dx: number; dy: number } {
  let rest = routeLength(route) * Math.min(1, Math.max(0, progress));
  for (let i = 1; i < route.length; i++) {
    const a = route[i - 1]!;
    const b = route[i]!;
    const length = distance(a, b);
    if (length > 0 && (rest <= length || i === route.length - 1)) {
      const share = Math.min(1, rest / length);
      return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, dx: (b.x - a.x) / length, dy: (b.y - a.y) / length };
    }
    rest -= length;
  }
  const last = route[route.length - 1] ?? { x: 0, y: 0 };
  return { ...last, dx: 1, dy: 0 };
}

export function routePath(route: Route): string {
  return route.map((point, index) => `${index === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join('');
}

/** A connection: one hairline in the direction of its traffic. A broken one is red, dashed, with a cross. */
export function Lane({ route, broken = false }: { route: Route; broken?: boolean }) {
  const end = placeOnRoute(route, 1);
  if (broken) {
    const middle = placeOnRoute(route, 0.5);
    return (
      <g className="s-danger f-none">
        <path d={routePath(route)} strokeDasharray="3 4" />
        <circle cx={round(middle.x)} cy={round(middle.y)} r={8} className="f-1" stroke="none" />
        <path d={`M${round(middle.x - 4)} ${round(middle.y - 4)}l8 8m0 -8l-8 8`} strokeWidth={2} strokeLinecap="round" />
      </g>
    );
  }
  const back = (along: number, aside: number) =>
    `${round(end.x - end.dx * along - end.dy * aside)} ${round(end.y - end.dy * along + end.dx * aside)}`;
  return (
    <g className="s-line-3 f-none" strokeWidth={1}>
      <path d={routePath(route)} />
      <path d={`M${back(6, 4)}L${round(end.x)} ${round(end.y)}L${back(6, -4)}`} />
    </g>
  );
}

/** A request or response on the wire: an outline with a nose in its direction; what it carries rides inside. Centred on the origin. */
export function PacketShape(props: { width: number; height: number; dir: 1 | -1; waiting?: boolean; children?: ReactNode }) {
  const { width: w, height: h, dir, waiting = false, children } = props;
  const x = -w / 2;
  const y = -h / 2;
  const nose = 8;
  const outline = dir > 0
    ? `M${x + 4} ${y}H${x + w - nose}L${x + w} ${y + h / 2}L${x + w - nose} ${y + h}H${x + 4}Q${x} ${y + h} ${x} ${y + h - 4}V${y + 4}Q${x} ${y} ${x + 4} ${y}Z`
    : `M${x + w - 4} ${y}H${x + nose}L${x} ${y + h / 2}L${x + nose} ${y + h}H${x + w - 4}Q${x + w} ${y + h} ${x + w} ${y + h - 4}V${y + 4}Q${x + w} ${y} ${x + w - 4} ${y}Z`;
  return (
    <>
      <path d={outline} className="f-2 s-text-2" strokeWidth={1.5} strokeLinejoin="round" strokeDasharray={waiting ? '3 3' : undefined} />
      {children}
    </>
  );
}

/**
 * Many records a second: a band whose width is the rate. The last stretch, as long as half the width, is cut to a point so
 * that a still picture shows the direction. `shares` splits the band by key colour, largest first.
 */
export function FlowBand({ route, width, shares }: { route: Route; width: number; shares: readonly { colour: number; share: number }[] }) {
  const b = route[route.length - 1]!;
  const a = route[route.length - 2]!;
  const length = distance(a, b) || 1;
  const ux = (b.x - a.x) / length;
  const uy = (b.y - a.y) / length;
  const half = width / 2;
  const ex = b.x - ux * half;
  const ey = b.y - uy * half;
  const body = [...route.slice(0, -1), { x: ex, y: ey }];
  const main = shares[0]?.colour ?? 0;
  const nose = `M${round(ex - uy * half - ux * 0.5)} ${round(ey + ux * half - uy * 0.5)}L${round(b.x)} ${round(b.y)}L${round(ex + uy * half - ux * 0.5)} ${round(ey - ux * half - uy * 0.5)}Z`;
  return (
    <>
      {shares.map(({ colour, share }, index) => {
        const before = shares.slice(0, index).reduce((sum, other) => sum + other.share, 0);
        const aside = -half + width * (before + share / 2);
        const shifted = body.map((point) => ({ x: point.x - uy * aside, y: point.y + ux * aside }));
        return <path key={colour} d={routePath(shifted)} fill="none" stroke={`var(--key-${colour})`} strokeWidth={round(width * share)} />;
      })}
      <path d={nose} style={{ fill: `var(--key-${main})` }} />
    </>
  );
}

/** `170/s`, `8,120/s`, `12.4 k/s`, `1.7 M/s`. */
export function rateText(perSecond: number): string {
  if (perSecond >= 999_950) return `${(perSecond / 1_000_000).toFixed(1)} M/s`;
  if (perSecond > 9999) return `${(perSecond / 1000).toFixed(1)} k/s`;
  return `${groupDigits(Math.round(perSecond))}/s`;
}

export function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

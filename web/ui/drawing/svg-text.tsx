import type { SVGProps } from 'react';

/**
 * One line of text whose capitals are centred on `mid`. Its size comes from the class (`t-label`, `t-body`, ...), so the
 * shift of the base line is given in em: both families have capitals about 0.7 em high.
 */
export function Label(props: { x: number; mid: number; text: string | number; cls?: string; anchor?: 'start' | 'middle' | 'end' } & Omit<SVGProps<SVGTextElement>, 'x'>) {
  const { x, mid, text, cls, anchor, ...rest } = props;
  return <text x={round(x)} y={round(mid)} dy="0.34em" className={cls ?? 't-label'} textAnchor={anchor} {...rest}>{text}</text>;
}

/** Runs of differently styled text on one line. Each run is its text and its class. */
export function Runs(props: { x: number; mid: number; parts: readonly (readonly [string, string])[]; anchor?: 'start' | 'middle' | 'end'; cls?: string }) {
  return (
    <text x={round(props.x)} y={round(props.mid)} dy="0.34em" className={props.cls ?? 't-label'} textAnchor={props.anchor} xmlSpace="preserve">
      {props.parts.map(([text, cls], index) => <tspan key={index} className={cls || undefined}>{text}</tspan>)}
    </text>
  );
}

/** Hundredths of a px are enough for a drawing, and keep its text short. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

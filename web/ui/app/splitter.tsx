import { useRef } from 'react';

/**
 * A line between two panes that can be dragged, or moved with the arrow keys.
 * `position` is in px from the start of the container; `onMove` is told where it should be.
 */
export function Splitter(props: {
  name: string; orientation: 'horizontal' | 'vertical'; position: number; least: number; most: number; cross?: { start: number; size: number };
  onMove: (position: number) => void; onReset?: () => void;
}) {
  const { name, orientation, position, least, most, cross, onMove, onReset } = props;
  const grabbed = useRef<number | null>(null);
  const along = (event: { clientX: number; clientY: number }) => (orientation === 'horizontal' ? event.clientY : event.clientX);
  const move = (to: number) => onMove(Math.round(Math.min(most, Math.max(least, to))));
  const less = orientation === 'horizontal' ? 'ArrowUp' : 'ArrowLeft';
  const more = orientation === 'horizontal' ? 'ArrowDown' : 'ArrowRight';
  const style = orientation === 'horizontal'
    ? { top: position, ...(cross && { left: cross.start, right: 'auto', width: cross.size }) }
    : { left: position, ...(cross && { top: cross.start, bottom: 'auto', height: cross.size }) };
  return (
    <div role="separator" tabIndex={0} aria-label={name} aria-orientation={orientation} aria-valuenow={Math.round(position)}
      aria-valuemin={Math.round(least)} aria-valuemax={Math.round(Math.max(least, most))} className={`splitter ${orientation}`} style={style}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grabbed.current = along(event) - position;
      }}
      onPointerMove={(event) => { if (grabbed.current !== null) move(along(event) - grabbed.current); }}
      onPointerUp={() => { grabbed.current = null; }}
      onDoubleClick={onReset}
      onKeyDown={(event) => {
        if (event.key !== less && event.key !== more) return;
        event.preventDefault();
        move(position + (event.key === more ? 16 : -16));
      }} />
  );
}

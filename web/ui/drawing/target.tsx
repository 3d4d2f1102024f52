import { round } from './svg-text';
import type { Rect } from './cluster-pieces';

/** The place that is clicked, hovered or focused to select something. `name` is what the page selects, `label` what is read out. */
export function Target(props: { name: string; label: string; box: Rect; selected: boolean; radius?: number; tip?: string; cell?: boolean }) {
  const { name, label, box, selected, radius = 4, tip, cell = false } = props;
  return (
    <rect x={round(box.x)} y={round(box.y)} width={round(box.width)} height={round(box.height)} rx={radius}
      className={`target${cell ? ' cell-target' : ''}${selected ? ' selected' : ''}`} role="button" tabIndex={selected ? 0 : -1}
      aria-label={label} aria-pressed={selected} data-select={name} data-tip={tip} />
  );
}

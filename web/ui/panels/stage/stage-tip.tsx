import { useEffect, useState } from 'react';

interface Tip { readonly text: string; readonly x: number; readonly y: number; readonly above: boolean }

/** The words of what the pointer or the focus is on, beside it. */
export function StageTip({ stage }: { stage: HTMLElement | null }) {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    if (!stage) return;
    const show = (event: Event) => setTip(tipFor(stage, event.target as Element));
    const hide = () => setTip(null);
    stage.addEventListener('pointerover', show);
    stage.addEventListener('focusin', show);
    stage.addEventListener('pointerleave', hide);
    stage.addEventListener('focusout', hide);
    stage.addEventListener('scroll', hide);
    return () => {
      stage.removeEventListener('pointerover', show);
      stage.removeEventListener('focusin', show);
      stage.removeEventListener('pointerleave', hide);
      stage.removeEventListener('focusout', hide);
      stage.removeEventListener('scroll', hide);
    };
  }, [stage]);
  if (!tip) return null;
  return <div className="stage-tip" role="tooltip" data-testid="tip" style={{ left: tip.x, top: tip.y, transform: tip.above ? 'translateY(-100%)' : undefined }}>{tip.text}</div>;
}

const GAP = 8;
const WIDEST = 360;

function tipFor(stage: HTMLElement, target: Element): Tip | null {
  const owner = target.closest('[data-tip]');
  const text = owner?.getAttribute('data-tip');
  if (!owner || !text) return null;
  const box = owner.getBoundingClientRect();
  const frame = stage.getBoundingClientRect();
  const above = box.bottom - frame.top > frame.height - 64;
  return {
    text, above,
    x: Math.max(GAP, Math.min(box.left - frame.left, frame.width - WIDEST - GAP)) + stage.scrollLeft,
    y: (above ? box.top - GAP : box.bottom + GAP) - frame.top + stage.scrollTop,
  };
}

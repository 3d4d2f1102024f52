import { CircleDot, CircleMinus, Check, OctagonX, Plug, RefreshCw, Rows3, Square } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { TimelineMark, TimelineSnapshot } from '../../../session/snapshot';
import { useMeasures, useSize } from '../../app/measures';
import { clockText } from '../../app/simulated-clock';
import { Label, round } from '../../drawing/svg-text';
import { usePageState } from '../../store/page';
import { placeMarks } from './place-marks';

const LOOKS: Readonly<Record<TimelineMark['kind'], { icon: LucideIcon; tone: '2' | 'ok' | 'danger' }>> = {
  'check.passed': { icon: Check, tone: 'ok' },
  'topic.created': { icon: Rows3, tone: '2' },
  'topic.deleted': { icon: CircleMinus, tone: '2' },
  'broker.up': { icon: Plug, tone: '2' },
  'broker.lost': { icon: OctagonX, tone: 'danger' },
  'leader.elected': { icon: CircleDot, tone: '2' },
  'group.stable': { icon: RefreshCw, tone: '2' },
  'group.empty': { icon: CircleMinus, tone: '2' },
  'container.started': { icon: Plug, tone: '2' },
  'container.stopped': { icon: Square, tone: '2' },
};
const EMPTY = 'Simulated time starts with your first command. Every moment will be kept here.';
/** The strip shows at least so much time, so that the first seconds do not fill it. */
const LEAST_SPAN_US = 60_000_000;
/** What is to the right of now. */
const ROOM_AHEAD = 1.14;

/** Event density and marks since the session began. */
export function Timeline() {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const { width, height } = useSize(element);
  const timeline = usePageState((state) => state.snapshot?.timeline);
  const nowUs = usePageState((state) => state.snapshot?.nowUs ?? 0);
  const startDateMs = usePageState((state) => state.snapshot?.startDateMs ?? 0);
  const paused = usePageState((state) => state.snapshot?.clock.paused ?? false);
  return (
    <footer className="time-strip" ref={setElement}>
      {width > 0 && timeline && <Strip {...{ width, height, timeline, nowUs, startDateMs, paused }} />}
    </footer>
  );
}

interface StripProps {
  readonly width: number;
  readonly height: number;
  readonly timeline: TimelineSnapshot;
  readonly nowUs: number;
  readonly startDateMs: number;
  readonly paused: boolean;
}

function Strip({ width, height, timeline, nowUs, startDateMs, paused }: StripProps) {
  const { wide } = useMeasures();
  const x0 = wide ? 128 : 96;
  const x1 = width - (wide ? 96 : 72);
  const base = height - 8;
  const spanUs = spanFor(nowUs);
  const x = (timeUs: number) => x0 + (timeUs / spanUs) * (x1 - x0);
  const empty = timeline.bins.every((bin) => bin === 0) && timeline.marks.length === 0;
  const start = clockText(0, startDateMs).seconds;
  const now = x(nowUs);
  return (
    <svg className="draw" width={width} height={height} role="img" aria-label={empty ? EMPTY : `Timeline: ${timeline.marks.map((mark) => mark.text).join(', ')}`}>
      <Label x={16} mid={height / 2} text={start} cls="t-label t-num c-2" />
      <path d={`M${x0} ${base + 0.5}H${x1}`} className="s-line-2" />
      {empty ? <Label x={x0} mid={(height - 8) / 2} text={EMPTY} cls="t-label c-3" /> : (
        <>
          <Bins timeline={timeline} x={x} base={base} top={wide ? 28 : 20} nowUs={nowUs} />
          <Marks marks={timeline.marks} x={x} left={x0} right={now - 8} base={base} wide={wide} />
          <path d={`M${round(now)} 4V${height - 4}`} className="s-accent" strokeWidth={2} />
          <circle cx={round(now)} cy={base} r={5} className="f-accent" />
          <Label x={now + 12} mid={height / 2} text={paused ? 'paused' : 'live'} cls="t-label w6 c-accent" />
        </>
      )}
    </svg>
  );
}

function Bins(props: { timeline: TimelineSnapshot; x: (us: number) => number; base: number; top: number; nowUs: number }) {
  const { timeline: { bins, binUs }, x, base, top, nowUs } = props;
  const highest = Math.max(1, ...bins);
  const path = bins.map((bin, index) => {
    if (bin === 0 || index * binUs > nowUs) return '';
    const left = x(index * binUs);
    const barWidth = Math.max(1, x((index + 1) * binUs) - left - 1);
    // The root keeps a heartbeat visible beside a burst.
    const barHeight = Math.max(1, Math.sqrt(bin / highest) * (base - top));
    return `M${round(left)} ${base}v${-round(barHeight)}h${round(barWidth)}V${base}z`;
  }).join('');
  return <path d={path} className="f-line-3" opacity={0.55} />;
}

function Marks(props: { marks: readonly TimelineMark[]; x: (us: number) => number; left: number; right: number; base: number; wide: boolean }) {
  const { marks, x, left, right, base, wide } = props;
  const size = wide ? 16 : 14;
  const top = wide ? 28 : 20;
  const middle = wide ? top - 14 : top - 10;
  const placed = useMemo(() => placeMarks(marks.map(({ timeUs, text }) => ({ x: x(timeUs), text })), { icon: size, type: wide ? 14 : 12, left, right }), [marks, x, size, wide, left, right]);
  return (
    <>
      {marks.map((mark, index) => {
        const { icon: Icon, tone } = LOOKS[mark.kind];
        const place = placed[index]!;
        return (
          <g key={`${mark.timeUs}-${mark.text}`}>
            <title>{mark.text}</title>
            <path d={`M${round(place.x)} ${top - 2}V${base}`} className={tone === 'danger' ? 's-danger' : 's-text-3'} />
            {place.wordX !== null && <Icon x={round(place.wordX)} y={middle - size / 2} width={size} height={size} strokeWidth={2} className={`i-${tone}`} aria-hidden="true" />}
            {place.wordX !== null && <Label x={place.wordX + size + 4} mid={middle} text={mark.text} cls={`t-label ${tone === 'danger' ? 'c-danger' : 'c-2'}`} />}
          </g>
        );
      })}
    </>
  );
}

/** Whole minutes, growing before the present reaches the right end. */
function spanFor(nowUs: number): number {
  let span = LEAST_SPAN_US;
  while (span < nowUs * ROOM_AHEAD) span *= 1.5;
  return span;
}

import { CircleHelp, Pause, Play, StepForward, SunMoon } from 'lucide-react';
import { changeSpeed, SPEEDS, speedIndex, step, togglePause, toggleTheme } from '../store/actions';
import { usePage, usePageState } from '../store/page';
import { speedOf } from '../store/page-state';
import { IconButton } from './icon-button';
import { clockText } from './simulated-clock';
import { StepDots } from './step-dots';

/** Lab and its steps, simulated time and its controls, theme and help. */
export function TopBar() {
  const page = usePage();
  const lab = usePageState((state) => state.lab);
  return (
    <header className="top">
      <div className="side">
        <h1 className="brand">Samsa</h1>
        {lab && <><span className="rule" /><span className="lab-name">{lab.chapter} {lab.title}</span><StepDots /></>}
      </div>
      <TimeControls />
      <div className="side right">
        <IconButton icon={SunMoon} name="Light or dark (d)" onClick={() => toggleTheme(page)} />
        <IconButton icon={CircleHelp} name="Keys (?)" onClick={() => page.store.setState({ helpOpen: true })} />
      </div>
    </header>
  );
}

function TimeControls() {
  const page = usePage();
  const paused = usePageState((state) => state.snapshot?.clock.paused ?? false);
  const speed = usePageState(speedOf);
  const index = speedIndex(speed);
  return (
    <div className="time" role="group" aria-label="Simulated time">
      <IconButton icon={paused ? Play : Pause} name={paused ? 'Run (space)' : 'Pause (space)'} outlined onClick={() => togglePause(page)} data-testid="pause" />
      <IconButton icon={StepForward} name="One step (.)" onClick={() => step(page)} data-testid="step" />
      <Clock />
      <label className="speed">
        <span className="sr-only">Speed</span>
        <input type="range" min={0} max={SPEEDS.length - 1} step={1} value={index} aria-valuetext={speedText(speed)}
          onChange={(event) => page.session.setSpeed(SPEEDS[Number(event.target.value)]!)}
          onKeyDown={(event) => {
            if (event.key === '+' || event.key === '-') changeSpeed(page, event.key === '+' ? 1 : -1);
          }} />
        <output data-testid="speed">{speedText(speed)}</output>
      </label>
    </div>
  );
}

function Clock() {
  const nowUs = usePageState((state) => state.snapshot?.nowUs ?? 0);
  const startDateMs = usePageState((state) => state.snapshot?.startDateMs ?? 0);
  const { seconds, fraction } = clockText(nowUs, startDateMs);
  return <time className="clock" data-testid="clock" title="Simulated time, UTC">{seconds}<small>.{fraction}</small></time>;
}

export function speedText(speed: number): string {
  return speed === Infinity ? 'max' : `${speed}×`;
}

import { usePageState } from '../store/page';

/** A terminal's number, the hosts from the laptop inwards, and the program in its foreground. */
export function TerminalTitle({ number }: { number: number }) {
  const hosts = usePageState((state) => state.snapshot?.terminals.find((other) => other.number === number)?.hosts.join(' › '));
  const program = usePageState((state) => state.snapshot?.terminals.find((other) => other.number === number)?.foregroundProgram);
  return (
    <>
      <span className="badge">{number}</span>
      <b>{hosts ?? 'laptop'}</b>
      <span className="terminal-program">{program ?? ''}</span>
    </>
  );
}

import { Check, Copy, Keyboard } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { LabBlock } from '../../../lab/lab-document';
import type { LabPlayer } from './lab-player';
import { shownKeys } from './shown-keys';

/** A command of the lab with its terminal, typed for the student or copied. */
export function LabCommand({ block, player, primary }: { block: LabBlock; player: LabPlayer; primary: boolean }) {
  const typed = player.typed.has(block);
  return (
    <div className="lab-command" data-testid="command">
      <div className="lab-command-head">
        <span className="badge">{block.terminal}</span>
        <span>{typed ? 'typed' : `Terminal ${block.terminal}`}</span>
        <button type="button" className={`btn small push${primary ? ' primary' : ''}`} disabled={player.playing} onClick={() => player.play([block])}>
          <Keyboard className="icon" aria-hidden="true" />Type it
        </button>
        {block.kind === 'sh' && <CopyButton text={block.text} />}
      </div>
      <code>{block.kind === 'sh' ? block.text : <Keys tape={block.text} />}</code>
    </div>
  );
}

function Keys({ tape }: { tape: string }) {
  return shownKeys(tape).map(({ text, isKey }, index) => <span key={index} className="lab-keys">{isKey ? <kbd>{text}</kbd> : text}</span>);
}

const SAID_MS = 1500;

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => void navigator.clipboard?.writeText(text).then(() => setCopied(true), () => undefined);
  return (
    <button type="button" className="btn small" onClick={copy}>
      {copied ? <Check className="icon" aria-hidden="true" /> : <Copy className="icon" aria-hidden="true" />}{copied ? 'Copied' : 'Copy'}
    </button>
  );
}

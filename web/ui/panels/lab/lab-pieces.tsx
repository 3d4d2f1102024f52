import { FileText } from 'lucide-react';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { LabBlock, LabElement, LabNode, LabPiece } from '../../../lab/lab-document';
import { openFile } from '../../store/actions';
import { usePage } from '../../store/page';
import { labFilePath } from './lab-file-path';
import { LabCommand } from './lab-command';
import type { LabPlayer } from './lab-player';

/** Prose and blocks in reading order. `primary`: the first command that was not typed yet stands out. */
export function LabPieces({ pieces, player, primary }: { pieces: readonly LabPiece[]; player: LabPlayer; primary: boolean }) {
  const next = primary ? pieces.find((piece) => isTyped(piece) && !player.typed.has(piece)) : undefined;
  return (
    <>
      {pieces.map((piece, index) => {
        if (piece.kind === 'prose') return <Fragment key={index}>{piece.nodes.map((node, at) => <Node key={at} node={node} />)}</Fragment>;
        if (piece.kind === 'output') return <div key={index}><span className="sr-only">What to expect:</span><pre className="lab-output">{piece.text}</pre></div>;
        return <LabCommand key={index} block={piece} player={player} primary={piece === next} />;
      })}
    </>
  );
}

function isTyped(piece: LabPiece): piece is LabBlock {
  return piece.kind === 'sh' || piece.kind === 'keys';
}

const PLAIN_TAGS: ReadonlySet<string> = new Set([
  'p', 'em', 'strong', 'ul', 'ol', 'li', 'br', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'del', 'hr',
]);

/** One node of the text. What the list above does not name is shown as its content. */
function Node({ node }: { node: LabNode }): ReactNode {
  if (typeof node === 'string') return node;
  const children = node.children.map((child, index) => <Node key={index} node={child} />);
  if (node.tag === 'code') return <code className="inline">{children}</code>;
  if (node.tag === 'h3') return <h4>{children}</h4>;
  if (node.tag === 'a') return <Link element={node}>{children}</Link>;
  if (node.tag === 'br' || node.tag === 'hr') return <node.tag />;
  if (!PLAIN_TAGS.has(node.tag)) return <>{children}</>;
  const Tag = node.tag;
  return <Tag>{children}</Tag>;
}

function Link({ element, children }: { element: LabElement; children: ReactNode }) {
  const page = usePage();
  const href = element.href ?? '';
  if (href.startsWith('file:')) {
    const open = () => {
      const { lab } = page.store.getState();
      if (lab) openFile(page, labFilePath(lab, href.slice('file:'.length)));
    };
    return <button type="button" className="lab-file" onClick={open}><FileText className="icon" aria-hidden="true" />{children}</button>;
  }
  if (href.startsWith('https://')) return <a href={href} target="_blank" rel="noopener noreferrer">{children}</a>;
  return <>{children}</>;
}

import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { IconButton } from '../../app/icon-button';
import { PAGE_KEYS } from '../../app/keys';
import { usePage } from '../../store/page';
import './help.css';

const OTHERS: readonly (readonly [string, string])[] = [
  ['F6, Shift F6', 'next pane, previous pane; also out of a terminal'],
  ['Arrows, Enter', 'in a picture: move, open in the inspector'],
  ['Ctrl Shift C, Ctrl Shift V', 'in a terminal: copy, paste'],
  ['Ctrl Shift F', 'in a terminal: find'],
];

/** The list of keys. */
export default function Help() {
  const { store } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { dialog.current?.showModal(); }, []);
  const close = () => store.setState({ helpOpen: false });
  // The dialog's own event comes a task later; a key pressed right after Escape is the page's already.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    dialog.current?.close();
    close();
  };
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={close} onKeyDown={onKeyDown}>
      <div className="help-head"><h2 id="help-title">Keys</h2><IconButton icon={X} name="Close" onClick={close} /></div>
      <KeyList title="On the page" keys={PAGE_KEYS.filter((key) => !key.everywhere).map(({ name, does }) => [name, does])} />
      <KeyList title="Everywhere" keys={[...PAGE_KEYS.filter((key) => key.everywhere).map(({ name, does }) => [name, does] as const), ...OTHERS]} />
    </dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: readonly (readonly [string, string] | readonly string[])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>{keys.map(([name, does]) => <div key={name}><dt><kbd>{name}</kbd></dt><dd>{does}</dd></div>)}</dl>
    </section>
  );
}

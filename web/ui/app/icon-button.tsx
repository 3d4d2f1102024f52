import type { ButtonHTMLAttributes } from 'react';
import type { LucideIcon } from 'lucide-react';

/** A button that is only an icon; `name` is what it does, for hover and for screen readers. */
export function IconButton(props: { icon: LucideIcon; name: string; outlined?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  const { icon: Icon, name, outlined = false, ...rest } = props;
  return (
    <button type="button" className={`btn square${outlined ? ' line' : ''}`} aria-label={name} title={name} {...rest}>
      <Icon className="icon" aria-hidden="true" />
    </button>
  );
}

import type { Shell } from '../execute/shell';

/** What `~`, `~+`, `~-` or `~user` (without a slash) stands for; undefined when it is plain text. */
export function expandTilde(shell: Shell, prefix: string): string | undefined {
  const name = prefix.slice(1);
  const { users } = shell.process.machine;
  if (name === '') return shell.variables.get('HOME') ?? users.get(shell.process.uid)?.home ?? '/';
  if (name === '+') return shell.variables.get('PWD') ?? shell.process.cwd;
  if (name === '-') return shell.variables.get('OLDPWD');
  for (const user of users.values()) if (user.name === name) return user.home;
  return undefined;
}

/** Splits a word that starts with a tilde into the prefix and the rest; undefined when there is none (or it is quoted). */
export function tildePrefix(text: string, assignment: boolean): string | undefined {
  const match = (assignment ? /^~[^/:\\'"$`]*(?=[/:]|$)/ : /^~[^/\\'"$`]*(?=\/|$)/).exec(text);
  return match?.[0];
}

const ARGUMENT = /\s*([^"']\S*|"[^"]*"|'[^']*')\s*/g;
const QUOTED = /^(['"])(.*)\1$/s;

/** The words of a typed line; quotes keep blanks together. Empty when there are none. */
export function splitCommand(line: string): string[] {
  return [...line.matchAll(ARGUMENT)].map((match) => {
    const word = match[1] as string;
    return QUOTED.test(word) ? word.slice(1, -1) : word;
  });
}

/** What the arguments of the shell ask for. */
export interface ShellArguments {
  readonly server: string;
  readonly timeout: string;
  /** The command and its arguments; empty for an interactive shell. */
  readonly command: readonly string[];
}

/**
 * Options before the first word that is none; everything after belongs to the command.
 *
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/ZooKeeperMain.java parseOptions
 */
export function parseShellArguments(args: readonly string[], complain: (line: string) => void): ShellArguments {
  const values: Record<string, string> = { '-server': 'localhost:2181', '-timeout': '30000' };
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at] as string;
    if (!word.startsWith('-')) break;
    if (!Object.hasOwn(values, word)) continue;
    const value = args[++at];
    if (value === undefined) {
      complain(`Error: no argument found for option ${word}`);
      break;
    }
    values[word] = value;
  }
  return { server: values['-server'] as string, timeout: values['-timeout'] as string, command: args.slice(at) };
}

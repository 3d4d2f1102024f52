/** One thing that a scenario does: a line run in the first broker's container (or on the laptop), or something done to the cluster. */
export type ScenarioStep =
  | { readonly kind: 'command'; readonly command: string; readonly recorded: readonly string[] }
  | { readonly kind: 'action'; readonly words: readonly string[] };

export interface Scenario {
  readonly cluster: 'lab01' | 'three' | 'laptop';
  /** Broker settings that follow the cluster's name. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly steps: readonly ScenarioStep[];
}

/** Reads a recording. What was printed stays as it is written there: tagged lines (`O|`, `O\|`, `E|`) and `rc=`. Errors: an unknown cluster. */
export function parseScenario(text: string): Scenario {
  let cluster = 'lab01';
  const overrides: Record<string, string> = {};
  const steps: (ScenarioStep & { recorded?: string[] })[] = [];
  for (const line of text.split('\n')) {
    const header = /^# cluster:\s*(\S+)(.*)$/.exec(line);
    if (header !== null) {
      cluster = header[1] as string;
      if (cluster !== 'laptop') for (const [, key, value] of (header[2] as string).matchAll(/(\S+)=(\S+)/g)) overrides[key as string] = value as string;
    } else if (line.startsWith('$ ')) steps.push({ kind: 'command', command: line.slice(2), recorded: [] });
    else if (line.startsWith('! ')) steps.push({ kind: 'action', words: line.slice(2).trim().split(/\s+/) });
    else if (line !== '' && !line.startsWith('#')) (steps.at(-1) as { recorded?: string[] } | undefined)?.recorded?.push(line);
    else if (line.startsWith('### ')) (steps.at(-1) as { recorded?: string[] } | undefined)?.recorded?.push(line);
  }
  if (cluster !== 'lab01' && cluster !== 'three' && cluster !== 'laptop') throw new Error(`no cluster ${cluster}: there are lab01, three, laptop`);
  return { cluster, overrides, steps };
}

/** What a program printed, as a recording writes it. */
export function taggedLines(result: { readonly stdout: string; readonly stderr: string; readonly rc: number | null }): string[] {
  return [...tagged('O', result.stdout), ...tagged('E', result.stderr), result.rc === null ? '### TIMEOUT' : `rc=${result.rc}`];
}

function tagged(tag: string, text: string): string[] {
  if (text === '') return [];
  const parts = text.split('\n');
  const last = parts.pop() as string;
  return [...parts.map((part) => `${tag}| ${part}`), ...(last === '' ? [] : [`${tag}\\| ${last}`])];
}

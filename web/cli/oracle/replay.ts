import { OracleCluster } from './cluster';
import { parseScenario, type ScenarioStep, taggedLines } from './scenario';
import { type CommandScore, scoreCommand } from './score';

export interface ReplayedCommand {
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly rc: number | null;
}

export interface Replay {
  readonly scores: readonly CommandScore[];
  readonly commands: readonly ReplayedCommand[];
  readonly logs: ReadonlyMap<string, string>;
}

/** Plays a recording on a fresh cluster and compares. */
export function replay(text: string, seed: number): Replay {
  const scenario = parseScenario(text);
  const cluster = new OracleCluster(scenario, seed);
  const commands = scenario.steps.filter((step): step is Extract<ScenarioStep, { kind: 'command' }> => step.kind === 'command').map((step) => step.command);
  const scores: CommandScore[] = [];
  const replayed: ReplayedCommand[] = [];
  cluster.start();
  for (const step of scenario.steps) {
    if (step.kind === 'action') {
      cluster.act(step.words);
      continue;
    }
    const result = cluster.run(step.command);
    const lines = typeof result === 'string' ? [result] : taggedLines(result);
    scores.push(scoreCommand(step.command, commands, step.recorded, lines));
    replayed.push({ command: step.command, ...(typeof result === 'string' ? { stdout: '', stderr: result, rc: null } : result) });
  }
  return { scores, commands: replayed, logs: cluster.logs() };
}

import type { Op } from '../../../engine/kernel/task';
import type { DockerEngine } from '../../docker/docker-engine';
import type { PullEvent } from '../../docker/image-pull';
import type { ComposeOutput } from './compose-output';

/** Shows a layer's progress behind its status; the caller knows how bars look. */
export type ProgressText = (progress: PullEvent['progress']) => string;

/**
 * Pulls an image with compose's display: on a terminal one line a layer, rewritten in place; else only what is no progress.
 * @source docker/compose 1.20.1 compose/progress_stream.py
 */
export function* pullImage(engine: DockerEngine, output: ComposeOutput, image: string, options: { readonly silent: boolean; readonly progressText: ProgressText }): Op<void> {
  const { process } = output;
  const terminal = process.isTerminal(1);
  const lines = new Map<string, number>();
  yield* engine.pull(image, function* (event) {
    yield* process.spend(0);
    if (!options.silent) output.stdout.print(eventText(event, { terminal, lines, progressText: options.progressText }));
  });
}

interface Shown {
  readonly terminal: boolean;
  readonly lines: Map<string, number>;
  readonly progressText: ProgressText;
}

function eventText(event: PullEvent, { terminal, lines, progressText }: Shown): string {
  const id = event.id === undefined ? '' : `${event.id}: `;
  if (event.progress === undefined) return terminal ? `\x1b[2K\r${id}${event.status}\r\n` : `${id}${event.status}\n`;
  if (!terminal || event.id === undefined) return '';
  let text = '';
  if (!lines.has(event.id)) {
    lines.set(event.id, lines.size);
    text += '\n';
  }
  const up = lines.size - (lines.get(event.id) as number);
  const progress = progressText(event.progress);
  return `${text}\x1b[${up}A\x1b[2K\r${id}${event.status}${progress === '' ? '' : ` ${progress}`}\r\x1b[${up}B`;
}

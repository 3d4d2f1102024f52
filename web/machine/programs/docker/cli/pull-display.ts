import type { Op } from '../../../../engine/kernel/task';
import type { PullEvent } from '../../../docker/image-pull';
import type { Process } from '../../../os/process';
import { progressText } from './progress-bar';

/**
 * Shows a pull as the client does: on a terminal each layer has its line, rewritten in place; else a line per change of state.
 * @source docker-ce 18.03.0 components/cli/vendor/github.com/docker/docker/pkg/jsonmessage/jsonmessage.go
 */
export class PullDisplay {
  private lines = new Map<string, number>();

  constructor(
    private readonly process: Process,
    private readonly fd: number,
  ) {}

  *show(event: PullEvent): Op<void> {
    const terminal = this.process.isTerminal(1) ? this.process.fds.get(1)?.terminal : undefined;
    if (terminal === undefined) yield* this.showLine(event);
    else yield* this.showInPlace(event, terminal.columns);
  }

  private *showLine(event: PullEvent): Op<void> {
    if (event.progress !== undefined && event.progress !== 'none') return;
    yield* this.process.write(this.fd, `${event.id === undefined ? '' : `${event.id}: `}${event.status}\n`);
  }

  private *showInPlace(event: PullEvent, columns: number): Op<void> {
    if (event.progress === undefined || event.id === undefined) {
      this.lines = new Map();
      yield* this.process.write(this.fd, `${event.id === undefined ? '' : `${event.id}: `}${event.status}\n`);
      return;
    }
    let text = '';
    let line = this.lines.get(event.id);
    if (line === undefined) {
      line = this.lines.size;
      this.lines.set(event.id, line);
      text += '\n';
    }
    const up = this.lines.size - line;
    text += `\x1b[${up}A\x1b[2K\r${event.id}: ${event.status} ${progressText(event.progress, columns)}\r\x1b[${up}B`;
    yield* this.process.write(this.fd, text);
  }
}

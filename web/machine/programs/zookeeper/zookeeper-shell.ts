import type { Op } from '../../../engine/kernel/task';
import type { Process } from '../../os/process';
import type { Program } from '../../os/program';
import { DEFAULT_HEAP_BYTES, Jvm } from '../lib/jvm';
import { ZooKeeperMain } from './zookeeper-main';

/**
 * zookeeper-shell.sh of a Kafka distribution.
 *
 * @source kafka 1.1.0 bin/zookeeper-shell.sh
 */
export const zookeeperShell: Program = {
  name: 'zookeeper-shell.sh',
  *main(process) {
    if (process.args.length === 0) {
      yield* process.out(`USAGE: ${scriptPath(process)} zookeeper_host:port[/path] [args...]\n`);
      return 1;
    }
    const jvm = new Jvm(process);
    return yield* jvm.run(DEFAULT_HEAP_BYTES, (): Op<number> =>
      new ZooKeeperMain(jvm, { args: ['-server', ...process.args], prompts: false, log: jvm.log }).run(),
    );
  },
};

/** What `$0` is in a script: the path by which it was found. */
function scriptPath(process: Process): string {
  const [name = ''] = process.argv;
  if (name.includes('/')) return name;
  const directories = (process.env.get('PATH') ?? '').split(':');
  const found = directories.find((directory) => process.files.exists(`${directory}/${name}`));
  return found === undefined ? name : `${found}/${name}`;
}

import type { Op } from '../../../engine/kernel/task';
import { KeeperError } from '../../../engine/zookeeper/client/keeper-error';
import type { KeeperCode } from '../../../engine/zookeeper/client/messages';
import { type Jvm, JvmExit, UncaughtException } from '../lib/jvm';
import { LineSource } from '../lib/line-source';
import { decodeText } from '../../os/text';
import { parseShellArguments, splitCommand } from './command-line';
import { IllegalArgument, parseInteger } from './illegal-argument';
import { SHELL_COMMANDS } from './shell-commands';
import { type ShellLog, ShellSession } from './shell-session';
import { COMMANDS } from './shell-text';

/** How the shell words the answers that it expects; others end it. */
const REFUSALS: Partial<Record<KeeperCode, string>> = {
  NoNode: 'Node does not exist: ',
  NoChildrenForEphemerals: 'Ephemerals cannot have children: ',
  NodeExists: 'Node already exists: ',
  NotEmpty: 'Node not empty: ',
  InvalidACL: 'Acl is not valid : ',
  NoAuth: 'Authentication is not valid : ',
  BadArguments: 'Arguments are not valid : ',
  BadVersion: 'version No is not valid : ',
};
/** How a distribution starts the shell. */
export interface ShellOptions extends ShellLog {
  readonly args: readonly string[];
  /** JLine is there: each line is asked for. */
  readonly prompts: boolean;
}

const HISTORY_SHOWN = 10;
const MAIN_FRAMES = [
  'org.apache.zookeeper.KeeperException.create(KeeperException.java:99)',
  'org.apache.zookeeper.KeeperException.create(KeeperException.java:51)',
  'org.apache.zookeeper.ZooKeeperMain.processZKCmd(ZooKeeperMain.java:729)',
  'org.apache.zookeeper.ZooKeeperMain.processCmd(ZooKeeperMain.java:593)',
  'org.apache.zookeeper.ZooKeeperMain.run(ZooKeeperMain.java:365)',
  'org.apache.zookeeper.ZooKeeperMain.main(ZooKeeperMain.java:284)',
];

/**
 * ZooKeeper's command line client: one command from its arguments, or lines from its input until `quit` or their end.
 *
 * It ends without ending its session, unless told to `quit` or `close`: ephemeral znodes of a single command stay until the session expires.
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/ZooKeeperMain.java
 */
export class ZooKeeperMain {
  private readonly history: string[] = [];
  private readonly session: ShellSession;
  private readonly command: readonly string[];
  private words: readonly string[] = [];

  constructor(
    private readonly jvm: Jvm,
    private readonly options: ShellOptions,
  ) {
    const parsed = parseShellArguments(options.args, (line) => jvm.err.println(line));
    this.command = parsed.command;
    this.session = new ShellSession(jvm, options, this.timeoutOf(parsed.timeout), parsed.server);
  }

  *run(): Op<number> {
    this.session.out(`Connecting to ${this.session.host}`);
    yield* this.session.connect(this.session.host);
    if (this.command.length > 0) {
      yield* this.process(this.command);
      return 0;
    }
    this.session.out('Welcome to ZooKeeper!');
    this.session.out(`JLine support is ${this.options.prompts ? 'enabled' : 'disabled'}`);
    const lines = new LineSource(this.jvm.process, 0, undefined, decodeText);
    this.prompt();
    for (let batch = yield* lines.batch(); batch !== null; batch = yield* lines.batch()) {
      for (const line of batch) {
        if (line !== '') yield* this.executeLine(line);
        this.prompt();
      }
    }
    return 0;
  }

  private prompt(): void {
    if (this.options.prompts) this.jvm.out.print(`[zk: ${this.session.host}(${this.session.state}) ${this.history.length}] `);
  }

  private timeoutOf(text: string): number {
    try {
      return parseInteger(text);
    } catch (error) {
      const { javaClass, message } = error as IllegalArgument;
      throw new UncaughtException({
        text: `${javaClass}: ${message}`,
        frames: ['java.lang.Integer.parseInt(Integer.java:580)', ...MAIN_FRAMES.slice(-1)],
      });
    }
  }

  /** A line without a word repeats the command before it, as the original does. */
  private *executeLine(line: string): Op<void> {
    const words = splitCommand(line);
    this.history.push(line);
    yield* this.process(words.length === 0 ? this.words : words);
  }

  private *process(words: readonly string[]): Op<void> {
    this.words = words;
    try {
      yield* this.dispatch(words);
    } catch (error) {
      if (error instanceof IllegalArgument) this.session.err(`Command failed: ${error.javaClass}: ${error.message}`);
      else if (error instanceof KeeperError) this.refused(error);
      else throw error;
    }
  }

  private refused(error: KeeperError): void {
    const words = REFUSALS[error.code];
    if (words === undefined) throw new UncaughtException({ text: `${error.javaClass}: ${error.message}`, frames: MAIN_FRAMES });
    this.session.err(`${words}${error.path}`);
  }

  private *dispatch(words: readonly string[]): Op<void> {
    const [name = '', argument] = words;
    if (!COMMANDS.has(name)) {
      this.session.usage();
      return;
    }
    if (name === 'quit') yield* this.quit();
    else if (name === 'redo' && argument !== undefined) {
      if (!(yield* this.redo(parseInteger(argument)))) return;
    } else if (name === 'history') this.showHistory();
    else if (name === 'printwatches') this.printWatches(argument);
    else if (name === 'connect') yield* this.session.connect(argument ?? this.session.host);
    if (!this.session.connected) {
      this.session.out('Not connected');
      return;
    }
    const command = SHELL_COMMANDS[name];
    if (command !== undefined && words.length >= command.words) yield* command.run(this.session, words);
  }

  private *quit(): Op<void> {
    this.session.out('Quitting...');
    yield* this.session.close();
    throw new JvmExit(0);
  }

  /** False when there is nothing to do again. */
  private *redo(index: number): Op<boolean> {
    const current = this.history.length - 1;
    const line = this.history[index];
    if (index >= current || index < 0 || line === undefined) {
      this.session.out('Command index out of range');
      return false;
    }
    const words = splitCommand(line);
    if (words[0] === 'redo') {
      this.session.out('No redoing redos');
      return false;
    }
    this.history[current] = line;
    yield* this.process(words);
    return true;
  }

  private showHistory(): void {
    const last = Math.max(0, this.history.length - 1);
    for (let index = Math.max(0, last - HISTORY_SHOWN); index <= last; index++)
      this.session.out(`${index} - ${this.history[index] ?? 'null'}`);
  }

  private printWatches(argument: string | undefined): void {
    if (argument === undefined) this.session.out(`printwatches is ${this.session.printWatches ? 'on' : 'off'}`);
    else this.session.printWatches = argument === 'on';
  }
}

import type { AndOr, CommandNode, CompoundCommand, CompoundList, Pipeline, Redirected } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import type { Process } from '../../os/process';
import type { Signal } from '../../os/signals';
import type { JobTable } from '../jobs/job-table';
import type { History } from '../editor/history';
import { type SourceText, lineAt } from '../parse/command-reader';
import { Variables } from '../variables/variables';
import { installDynamicVariables } from '../variables/dynamic';
import type { Sink } from '../expand/fields';
import type { WordMode } from '../parse/word-parts';
import { ShellOptions } from './options';
import { Traps } from './traps';

export interface ShellFunction {
  readonly name: string;
  readonly body: CompoundCommand | Redirected | CompoundList;
  readonly source: SourceText;
  readonly sourceName: string;
  exported: boolean;
}

/** A function or sourced file that runs. */
export interface Frame {
  readonly name: string;
  readonly sourceName: string;
  readonly callLine: number;
}

/** What parts of the shell ask of its interpreter, which stands above them. */
export interface Interpreter {
  /** Expands a text into a sink. `assignment`: a tilde ends at a colon too. */
  expandText(shell: Shell, text: string, mode: WordMode, sink: Sink, assignment?: boolean): Op<void>;
  /** Runs a command in this shell and returns its status. */
  runNode(shell: Shell, node: CommandNode | Pipeline | AndOr): Op<number>;
  runList(shell: Shell, list: CompoundList): Op<number>;
  /** Reads and runs text in this shell: `eval`, traps, sourced files. `inputName` stands in syntax errors. */
  runText(shell: Shell, text: string, inputName: string, firstLine?: number): Op<number>;
  /** The output of a command substitution, its last newlines removed. */
  substitute(shell: Shell, text: string, backquoted: boolean): Op<string>;
  /** Starts the command of `<(...)` or `>(...)` and returns the path that stands for its pipe. */
  substituteProcess(shell: Shell, text: string, operator: '<' | '>'): Op<string>;
  /** Runs a command by its words: what `command`, `builtin` and completion functions need. */
  runWords(shell: Shell, words: readonly string[], lookUp: CommandLookUp): Op<number>;
  /** Runs a command in a process that ends with it: it may become a program. */
  runStage(shell: Shell, node: CommandNode | Pipeline | AndOr): Op<number>;
  callFunction(shell: Shell, definition: ShellFunction, args: readonly string[]): Op<number>;
}

/** Which kinds of commands are looked at. */
export interface CommandLookUp {
  readonly functions: boolean;
  readonly builtins: boolean;
  readonly files: boolean;
  /** `command -p`: a path that finds the standard programs. */
  readonly standardPath?: boolean;
}

/** How the shell was started. */
export interface ShellSettings {
  readonly interactive: boolean;
  readonly login: boolean;
  /** `$0`. */
  readonly name: string;
  readonly version: string;
  readonly interpreter: Interpreter;
  readonly jobs: JobTable;
  readonly history: History;
}

/** The state of one shell. A subshell gets a copy. */
export class Shell {
  variables = new Variables();
  functions = new Map<string, ShellFunction>();
  aliases = new Map<string, string>();
  options: ShellOptions;
  traps = new Traps();
  positional: string[] = [];
  name: string;
  /** Paths that were found by name, with how often. */
  hashed = new Map<string, { path: string; hits: number }>();
  lastStatus = 0;
  pipeStatus: readonly number[] = [0];
  lastBackgroundPid: number | undefined;
  lastArgument = '';
  directoryStack: string[] = [];
  frames: Frame[] = [];
  loopDepth = 0;
  subshellDepth = 0;
  /** Above 0 where a failing command does not end the shell: conditions, `!`, all but the last of `&&`. */
  errexitSuppressed = 0;
  source: SourceText = { text: '', firstLine: 1 };
  position = 0;
  /** Where the lines come from: a script's name, `eval`, `-c`. */
  inputName: string;
  /** What functions that are defined now have as `BASH_SOURCE`. */
  sourceName: string;
  /** It runs a script file: `FUNCNAME` ends with `main`. */
  isScript = false;
  importedFunctions: readonly string[] = [];
  interactive: boolean;
  commandNumber = 1;
  startedUs: number;
  getopts = { index: 1, offset: 0 };
  completions = new Map<string, readonly string[]>();
  processSubstitutions: number[] = [];
  jobs: JobTable;
  readonly history: History;
  readonly interpreter: Interpreter;
  /** `$$`: the same in all subshells. */
  mainPid: number;
  /** True while `wait` or `read` waits: a trapped signal breaks that. */
  breakableWait = false;
  /** `There are stopped jobs.` was said. */
  exitWarned = false;
  /** How many texts (`eval`, sourced files, traps) run inside each other. */
  textDepth = 0;
  /** A signal that ends the shell after its EXIT trap. */
  terminating: Signal | undefined;
  runningTrap = false;
  /** What runs now, for `$BASH_COMMAND`. */
  command: { readonly source: SourceText; readonly node: CommandNode } | undefined;
  /** The word that is being expanded, for messages. */
  word = '';
  /** Status of the last command substitution: what an assignment without a command returns. */
  substitutionStatus = 0;
  /** `enable -n`. */
  readonly disabledBuiltins = new Set<string>();
  readonly readonlyFunctions = new Set<string>();
  childrenCpuUs = 0;

  constructor(
    readonly process: Process,
    readonly settings: ShellSettings,
  ) {
    this.options = new ShellOptions(settings.interactive);
    this.name = settings.name;
    this.inputName = settings.name;
    this.sourceName = settings.name;
    this.interactive = settings.interactive;
    this.interpreter = settings.interpreter;
    this.jobs = settings.jobs;
    this.history = settings.history;
    this.mainPid = process.pid;
    this.startedUs = process.machine.sim.nowUs;
    installDynamicVariables(this);
  }

  /** `$LINENO`. */
  get line(): number {
    return lineAt(this.source, this.position);
  }

  /** The status after an expansion that ends the shell. */
  get fatalStatus(): number {
    return this.settings.interactive || this.subshellDepth > 0 ? 1 : 127;
  }

  /** What stands in front of messages: `bash: ` or `script.sh: line 3: `. */
  get messagePrefix(): string {
    if (this.settings.interactive) return `${this.name}: `;
    return `${this.frames.at(-1)?.sourceName ?? this.name}: line ${this.line}: `;
  }

  /** A message of the shell itself on standard error. */
  error(message: string): Op<void> {
    return this.process.err(`${this.messagePrefix}${message}\n`);
  }

  /** What arguments of programs see. */
  environment(): Map<string, string> {
    const env = this.variables.environment();
    for (const each of this.functions.values()) if (each.exported) env.set(`BASH_FUNC_${each.name}%%`, '() { :; }');
    return env;
  }

  /** A copy for a subshell that runs as `process`. */
  fork(process: Process, jobs: JobTable): Shell {
    const copy = new Shell(process, { ...this.settings, jobs });
    copy.variables = this.variables.clone();
    for (const name of [...copy.variables.dynamic.keys()]) copy.variables.dynamic.delete(name);
    installDynamicVariables(copy, this.variables);
    copy.functions = new Map(this.functions);
    copy.aliases = new Map(this.aliases);
    copy.options = this.options.clone();
    copy.options.set('monitor', false);
    copy.traps = this.traps.forSubshell();
    copy.positional = [...this.positional];
    copy.name = this.name;
    copy.inputName = this.inputName;
    copy.sourceName = this.sourceName;
    copy.isScript = this.isScript;
    copy.interactive = false;
    copy.hashed = new Map(this.hashed);
    copy.lastStatus = this.lastStatus;
    copy.pipeStatus = this.pipeStatus;
    copy.lastBackgroundPid = this.lastBackgroundPid;
    copy.lastArgument = this.lastArgument;
    copy.directoryStack = [...this.directoryStack];
    copy.frames = [...this.frames];
    copy.loopDepth = this.loopDepth;
    copy.subshellDepth = this.subshellDepth + 1;
    copy.errexitSuppressed = this.errexitSuppressed;
    copy.source = this.source;
    copy.position = this.position;
    copy.startedUs = this.startedUs;
    copy.mainPid = this.mainPid;
    copy.textDepth = this.textDepth;
    copy.getopts = { ...this.getopts };
    copy.command = this.command;
    for (const name of this.disabledBuiltins) copy.disabledBuiltins.add(name);
    return copy;
  }
}

import type { Program } from '../../os/program';
import type { Signal } from '../../os/signals';

/** `break n`: thrown to the loop. */
export class BreakLoop {
  constructor(
    readonly levels: number,
    readonly status = 0,
  ) {}
}

/** `continue n`. */
export class ContinueLoop {
  constructor(readonly levels: number) {}
}

/** `return`: ends the function or sourced file. */
export class ReturnFrom {
  constructor(readonly status: number) {}
}

/** `exit`, or `set -e`: ends the shell. */
export class ExitShell {
  constructor(readonly status: number) {}
}

/**
 * The present complete command is given up after its error was printed. An interactive shell reads the next one, and so does a script unless
 * `fatal`.
 */
export class AbortCommand {
  constructor(
    readonly status: number,
    readonly fatal = false,
  ) {}
}

/** ^C while an interactive shell runs something of its own. */
export class Interrupted {}

/** A signal with a trap arrived while `wait` or `read` waited. */
export class WaitBroken {
  constructor(readonly status: number) {}
}

/** A signal ends the shell, but its EXIT trap comes first. */
export class TerminatedBySignal {
  constructor(readonly signal: Signal) {}
}

/** The process becomes another program; thrown to where the process began, since the shell is gone then. */
export class ExecProgram {
  constructor(
    readonly program: Program,
    readonly argv: readonly string[],
    readonly env: ReadonlyMap<string, string>,
  ) {}
}

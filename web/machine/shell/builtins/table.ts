import { ALIAS } from './alias';
import type { BuiltinTable } from './builtin';
import { CALLER } from './caller';
import { COMPLETE } from './complete';
import { CONTROL } from './control';
import { DECLARE } from './declare';
import { DIRECTORIES } from './directories';
import { ECHO } from './echo';
import { EVALUATE } from './evaluate';
import { GETOPTS } from './getopts';
import { HELP } from './help';
import { HISTORY } from './history';
import { JOBS } from './jobs';
import { KILL } from './kill';
import { LET } from './let';
import { LIMIT_BUILTINS } from './limits';
import { MAPFILE } from './mapfile';
import { PRINTF } from './printf';
import { READ } from './read';
import { SET } from './set';
import { TEST } from './test';
import { TRAP } from './trap';
import { TYPE } from './type';
import { UNSET } from './unset';

/** All builtins by name. */
export const BUILTINS: BuiltinTable = {
  ...ALIAS, ...CALLER, ...COMPLETE, ...CONTROL, ...DECLARE, ...DIRECTORIES, ...ECHO, ...EVALUATE, ...GETOPTS, ...HELP, ...HISTORY, ...JOBS,
  ...KILL, ...LET, ...LIMIT_BUILTINS, ...MAPFILE, ...PRINTF, ...READ, ...SET, ...TEST, ...TRAP, ...TYPE, ...UNSET,
};

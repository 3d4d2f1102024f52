import type { Program } from '../../os/program';
import { awk } from './awk/awk';
import { basename } from './basename';
import { cat } from './cat';
import { comm } from './comm';
import { cut } from './cut';
import { dirname } from './dirname';
import { echo } from './echo';
import { expand } from './expand';
import { falseProgram } from './false';
import { fold } from './fold';
import { egrep, fgrep, grep } from './grep/grep';
import { head } from './head';
import { nl } from './nl';
import { od } from './od';
import { paste } from './paste';
import { printf } from './printf';
import { rev } from './rev';
import { sed } from './sed/sed';
import { seq } from './seq';
import { sleep } from './sleep';
import { sort } from './sort';
import { tac } from './tac';
import { tail } from './tail';
import { tee } from './tee';
import { tr } from './tr';
import { trueProgram } from './true';
import { uniq } from './uniq';
import { wc } from './wc';
import { yes } from './yes';

/** The executables of coreutils, findutils, grep, sed, awk, diffutils, procps and their like: an image installs each in /usr/bin under its name. */
export const COREUTILS: readonly Program[] = [
  awk, basename, cat, comm, cut, dirname, echo, egrep, expand, falseProgram, fgrep, fold, grep, head, nl, od, paste,
  printf, rev, sed, seq, sleep, sort, tac, tail, tee, tr, trueProgram, uniq, wc, yes,
];

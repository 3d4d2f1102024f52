import type { Program } from '../../os/program';
import { awk } from './awk/awk';
import { basename } from './basename';
import { cat } from './cat';
import { chmod } from './chmod';
import { chown } from './chown';
import { cmp } from './cmp';
import { comm } from './comm';
import { cp } from './cp';
import { cut } from './cut';
import { date } from './date';
import { df } from './df';
import { diff } from './diff/diff';
import { dirname } from './dirname';
import { du } from './du';
import { echo } from './echo';
import { env } from './env';
import { expand } from './expand';
import { expr } from './expr';
import { falseProgram } from './false';
import { find } from './find/find';
import { fold } from './fold';
import { free } from './free';
import { egrep, fgrep, grep } from './grep/grep';
import { groups } from './groups';
import { head } from './head';
import { hostname } from './hostname';
import { id } from './id';
import { kill } from './kill';
import { less } from './less/less';
import { ln } from './ln';
import { ls, dir } from './ls/ls';
import { man } from './man';
import { mkdir } from './mkdir';
import { mktemp } from './mktemp';
import { more } from './more';
import { mv } from './mv';
import { nano } from './nano/nano';
import { curl, wget } from './network/curl';
import { getent, nslookup } from './network/names';
import { nc } from './network/nc';
import { ping } from './network/ping';
import { nl } from './nl';
import { nohup } from './nohup';
import { nproc } from './nproc';
import { od } from './od';
import { paste } from './paste';
import { printenv } from './printenv';
import { printf } from './printf';
import { pgrep, pkill } from './ps/pgrep';
import { ps } from './ps/ps';
import { top } from './ps/top';
import { pwd } from './pwd';
import { readlink } from './readlink';
import { realpath } from './realpath';
import { rev } from './rev';
import { rm } from './rm';
import { rmdir } from './rmdir';
import { sed } from './sed/sed';
import { seq } from './seq';
import { sleep } from './sleep';
import { sort } from './sort';
import { stat } from './stat';
import { tac } from './tac';
import { tail } from './tail';
import { tee } from './tee';
import { clear, reset, tty, stty, tput } from './terminal-tools';
import { test, bracket } from './test';
import { timeout } from './timeout';
import { touch } from './touch';
import { tr } from './tr';
import { trueProgram } from './true';
import { uname } from './uname';
import { uniq } from './uniq';
import { watch } from './watch';
import { wc } from './wc';
import { which } from './which';
import { whoami } from './whoami';
import { xargs } from './xargs';
import { yes } from './yes';

/** The executables of coreutils, findutils, grep, sed, awk, diffutils, procps and their like: an image installs each in /usr/bin under its name. */
export const COREUTILS: readonly Program[] = [
  awk, basename, bracket, cat, chmod, chown, clear, cmp, comm, cp, curl, cut, date, df, diff, dir, dirname, du, echo,
  egrep, env, expand, expr, falseProgram, fgrep, find, fold, free, getent, grep, groups, head, hostname, id, kill,
  less, ln, ls, man, mkdir, mktemp, more, mv, nano, nc, nl, nohup, nproc, nslookup, od, paste, pgrep, ping, pkill,
  printenv, printf, ps, pwd, readlink, realpath, reset, rev, rm, rmdir, sed, seq, sleep, sort, stat, stty, tac, tail,
  tee, test, timeout, top, touch, tput, tr, trueProgram, tty, uname, uniq, watch, wc, wget, which, whoami, xargs,
  yes,
];

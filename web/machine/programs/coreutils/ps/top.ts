import type { Op } from '../../../../engine/kernel/task';
import type { Process } from '../../../os/process';
import type { Program } from '../../../os/program';
import { formatDate } from '../../lib/date-format';
import { commandLine, commandName, residentKib, stateLetter } from '../../lib/process-facts';
import { Screen } from '../../lib/screen';

interface Sample {
  readonly atUs: number;
  readonly cpuUs: ReadonlyMap<Process, number>;
}

const HELP = 'Help for Interactive Commands: q quit, space refresh, d or s delay, M by memory, P by CPU, T by time, N by pid, c command line, k kill. Any key.';

/** Shows the busiest processes, again and again. Simplified: load averages are those of this moment. */
export const top: Program = {
  name: 'top',
  *main(process) {
    const args = process.args.flatMap((word) => (/^-[a-zA-Z]{2,}/.test(word) && !/^-[ndpu]/.test(word) ? [...word.slice(1)].map((letter) => `-${letter}`) : [word]));
    const valueOf = (letter: string): string | undefined => {
      const at = args.findIndex((word) => word.startsWith(`-${letter}`));
      return at < 0 ? undefined : (args[at] as string).length > 2 ? (args[at] as string).slice(2) : args[at + 1];
    };
    const unknown = args.find((word) => /^-/.test(word) && !/^-[bcdnpuiHsSw1hv]/.test(word));
    if (unknown !== undefined) {
      yield* process.err(`top: unknown option '${unknown[1] as string}'\nUsage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pid(s) -o field -w [cols]\n`);
      return 1;
    }
    const view = new TopView(process);
    const delayUs = Math.max(1e5, Number(valueOf('d') ?? 3) * 1e6);
    const times = Number(valueOf('n') ?? Infinity);
    const pids = valueOf('p')?.split(',').map(Number);
    view.only = pids;
    if (args.includes('-c')) view.fullCommand = true;
    if (args.includes('-b')) {
      for (let i = 0; i < times; i++) {
        if (i > 0) yield* process.sleep(delayUs);
        yield* process.out(`${i > 0 ? '\n' : ''}${view.lines(Infinity).join('\n')}\n`);
      }
      return 0;
    }
    const screen = Screen.open(process, { alternate: true, signals: true });
    if (screen === undefined || !process.isTerminal(1)) {
      yield* process.err('top: failed tty get\n');
      return 1;
    }
    yield* screen.enter();
    yield* interactive(process, screen, view, { delayUs, times });
    screen.leave();
    return 0;
  },
};

function* interactive(process: Process, screen: Screen, view: TopView, how: { delayUs: number; times: number }): Op<void> {
  let { delayUs } = how;
  for (let shown = 0; shown < how.times; shown++) {
    const lines = view.lines(screen.rows).map((line) => line.slice(0, screen.columns));
    lines[6] = `\x1b[7m${(lines[6] ?? '').padEnd(screen.columns)}\x1b[27m`;
    yield* screen.write(`\x1b[?25l\x1b[H${lines.slice(0, screen.rows - 1).map((line) => `${line}\x1b[K`).join('\r\n')}\x1b[J`);
    const key = yield* screen.key(delayUs);
    if (key === 'q' || key === null || key === 'Ctrl+C') return;
    if (key === 'M' || key === 'P' || key === 'T' || key === 'N') view.order = key;
    else if (key === 'c') view.fullCommand = !view.fullCommand;
    else if (key === 'h' || key === '?') {
      yield* screen.write(`\x1b[H\x1b[2J${HELP}`);
      yield* screen.key();
    } else if (key === 'd' || key === 's') {
      const typed = Number(yield* ask(screen, `Change delay from ${(delayUs / 1e6).toFixed(1)} to `));
      if (typed > 0) delayUs = typed * 1e6;
    } else if (key === 'k') {
      const pid = Number(yield* ask(screen, 'PID to signal/kill '));
      const target = process.machine.processes.get(pid);
      if (target !== undefined && (process.uid === 0 || target.uid === process.uid)) target.signal('SIGTERM');
    }
  }
}

function* ask(screen: Screen, label: string): Op<string> {
  let text = '';
  for (;;) {
    yield* screen.write(`\x1b[6;1H\x1b[K${label}${text}\x1b[?25h`);
    const key = yield* screen.key();
    if (key === null || key === 'Enter' || key === 'Escape' || key === 'Ctrl+C') return key === 'Enter' ? text : '';
    if (key === 'Backspace') text = text.slice(0, -1);
    else if (key !== undefined && [...key].length === 1) text += key;
  }
}

class TopView {
  order: 'P' | 'M' | 'T' | 'N' = 'P';
  fullCommand = false;
  only: readonly number[] | undefined;
  private before: Sample | undefined;

  constructor(private readonly process: Process) {}

  lines(rows: number): string[] {
    const { machine } = this.process;
    const processes = [...machine.processes.values()].filter((each) => this.only === undefined || this.only.includes(each.pid));
    const sample: Sample = { atUs: machine.sim.nowUs, cpuUs: new Map(processes.map((each) => [each, each.cpuUs])) };
    const percent = (each: Process): number => {
      const since = this.before?.atUs ?? each.startedUs;
      const used = each.cpuUs - (this.before?.cpuUs.get(each) ?? 0);
      return sample.atUs <= since ? 0 : Math.min(100, (100 * used) / (sample.atUs - since));
    };
    const cpu = new Map(processes.map((each) => [each, percent(each)]));
    this.before = sample;
    const keys = { P: (each: Process) => cpu.get(each) as number, M: residentKib, T: (each: Process) => each.cpuUs, N: (each: Process) => each.pid };
    processes.sort((a, b) => keys[this.order](b) - keys[this.order](a) || a.pid - b.pid);
    const header = this.header(processes, [...cpu.values()].reduce((sum, each) => sum + each, 0));
    const table = processes.map((each) => this.row(each, cpu.get(each) as number));
    return [...header, '', '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND', ...table].slice(0, rows);
  }

  private header(processes: readonly Process[], cpuSum: number): string[] {
    const { machine } = this.process;
    const { sim, memory } = machine;
    const minutes = Math.floor(sim.nowUs / 60e6);
    const up = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
    const terminals = new Set(processes.map((each) => each.terminal).filter((each) => each !== undefined)).size;
    const states = processes.map((each) => stateLetter(each, this.process));
    const count = (letter: string): string => String(states.filter((each) => each === letter).length).padStart(3);
    const busy = Math.min(100, cpuSum / 4);
    const load = (busy / 25).toFixed(2);
    const mib = (bytes: number): string => (bytes / 1048576).toFixed(1).padStart(8);
    const free = memory.totalBytes - memory.usedBytes;
    return [
      `top - ${formatDate('%H:%M:%S', sim.dateMs())} up ${up}, ${String(terminals).padStart(2)} user${terminals === 1 ? '' : 's'},  load average: ${load}, ${load}, ${load}`,
      `Tasks: ${String(processes.length).padStart(3)} total, ${count('R')} running, ${count('S')} sleeping, ${count('T')} stopped, ${count('Z')} zombie`,
      `%Cpu(s): ${busy.toFixed(1).padStart(4)} us,  0.0 sy,  0.0 ni,${(100 - busy).toFixed(1).padStart(5)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st`,
      `MiB Mem : ${mib(memory.totalBytes)} total, ${mib(free)} free, ${mib(memory.usedBytes)} used, ${mib(0)} buff/cache`,
      `MiB Swap: ${mib(0)} total, ${mib(0)} free, ${mib(0)} used. ${mib(free)} avail Mem`,
    ];
  }

  private row(each: Process, cpu: number): string {
    const { machine } = this.process;
    const resident = residentKib(each);
    const hundredths = Math.floor(each.cpuUs / 1e4);
    const time = `${Math.floor(hundredths / 6000)}:${String(Math.floor(hundredths / 100) % 60).padStart(2, '0')}.${String(hundredths % 100).padStart(2, '0')}`;
    const user = machine.userName(each.uid);
    return [
      String(each.pid).padStart(7), (user.length > 8 ? `${user.slice(0, 7)}+` : user).padEnd(8), ' 20', '  0', size(resident * 2 + 2000, 7), size(resident, 6), size(Math.round(resident * 0.8), 6),
      stateLetter(each, this.process), cpu.toFixed(1).padStart(5), ((100 * resident * 1024) / machine.memory.totalBytes).toFixed(1).padStart(5), time.padStart(9),
      this.fullCommand ? commandLine(each) : commandName(each),
    ].join(' ').replace(/^(.{7} .{8}) /, '$1 ');
  }
}

function size(kib: number, width: number): string {
  return (String(kib).length <= width ? String(kib) : kib < 10485760 ? `${(kib / 1024).toFixed(1)}m` : `${(kib / 1048576).toFixed(1)}g`).padStart(width);
}

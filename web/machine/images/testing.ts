import { Simulation } from '../../engine/kernel/simulation';
import { Network } from '../../engine/network/network';
import type { DockerEngine } from '../docker/docker-engine';
import { Terminal } from '../os/terminal';
import { DirectDisplay } from '../os/terminal-display';
import { type RunResult, runProgram } from '../os/testing';
import { bash } from '../shell/bash';
import { furnishLaptop } from './furnish-laptop';
import { createLaptop, STUDENT_UID } from './laptop';

const FOLDER = '/home/student/kafka-labs/labs/lab';
const ENV = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/home/student', LANG: 'C.UTF-8' };

/** A laptop with Docker for tests: lines run by bash in a lab's folder, with or without a terminal. */
export class TestLaptop {
  readonly sim: Simulation;
  readonly docker: DockerEngine;
  private readonly laptop: ReturnType<typeof createLaptop>;

  constructor(composeFile = '', seed = 1) {
    this.sim = new Simulation({ seed });
    const network = new Network(this.sim);
    this.laptop = createLaptop({ sim: this.sim, network, labs: [{ document: { folder: 'lab' }, files: { 'docker-compose.yml': composeFile } }] });
    furnishLaptop(this.laptop, network);
    this.docker = this.laptop.docker as DockerEngine;
  }

  /** Runs one line without a terminal, for at most so many simulated seconds. */
  run(line: string, seconds = 60): Pick<RunResult, 'stdout' | 'stderr'> & { readonly code: number | undefined } {
    const { stdout, stderr, status } = runProgram(this.laptop.machine, bash, ['bash', '-c', line], { cwd: FOLDER, env: ENV, uid: STUDENT_UID, forUs: seconds * 1_000_000 });
    return { stdout, stderr, code: status?.code };
  }

  /** Opens a terminal with a shell in it. */
  terminal(): { type(keys: string, seconds: number): void; readonly text: string } {
    let text = '';
    const { machine } = this.laptop;
    const terminal = new Terminal(machine, new DirectDisplay((shown) => void (text += shown)), 120, 40, '/dev/pts/1');
    const shell = machine.start({
      program: bash, argv: ['bash', '--norc'], env: new Map(Object.entries({ ...ENV, PS1: '$ ', TERM: 'xterm' })), cwd: FOLDER, uid: STUDENT_UID, umask: 0o022,
      fds: new Map([0, 1, 2].map((fd) => [fd, terminal.open()])), parent: undefined, group: 'new', terminal,
    });
    terminal.foregroundGroup = shell.pgid;
    terminal.leader = shell;
    const { sim } = this;
    sim.run(sim.nowUs + 100_000);
    return {
      type(keys, seconds) {
        terminal.input(keys);
        sim.run(sim.nowUs + seconds * 1_000_000);
      },
      get text() {
        return text;
      },
    };
  }
}

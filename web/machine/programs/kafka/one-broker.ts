import { KafkaServer } from '../../../engine/broker/kafka-server';
import { spawn } from '../../../engine/kernel/task';
import { ZooKeeperServer } from '../../../engine/zookeeper/server/zookeeper-server';
import type { Machine } from '../../os/machine';
import type { Process } from '../../os/process';
import type { Program } from '../../os/program';
import type { Signal } from '../../os/signals';
import { SystemDisk } from '../../os/system-disk';
import { runProgram, testMachine } from '../../os/testing';

const SECOND_US = 1_000_000;
const silent = (): void => undefined;

export interface ToolRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
}

/** For tests: a machine `laptop` with ZooKeeper and a broker (id 0, log directory `/kafka`) on which tools run. */
export class OneBroker {
  readonly machine: Machine = testMachine();

  constructor() {
    const { sim, host, files } = this.machine;
    host.hostsFile.set('laptop', '127.0.0.1');
    const disk = new SystemDisk(files);
    new ZooKeeperServer({ sim, host, disk, log: silent }, { clientPort: 2181, tickTimeMs: 2000, dataDir: '/data' }).start();
    sim.run(2 * SECOND_US);
    const props = new Map([
      ['zookeeper.connect', 'localhost:2181'],
      ['broker.id', '0'],
      ['log.dirs', '/kafka'],
      ['listeners', 'PLAINTEXT://laptop:9092'],
      ['offsets.topic.replication.factor', '1'],
      ['group.initial.rebalance.delay.ms', '0'],
    ]);
    spawn(sim, new KafkaServer({ sim, host, disk, log: silent, hostName: 'laptop' }, props).startup());
    sim.run(sim.nowUs + 6 * SECOND_US);
  }

  sleep(seconds: number): void {
    const { sim } = this.machine;
    sim.run(sim.nowUs + seconds * SECOND_US);
  }

  run(program: Program, args: readonly string[], stdin = ''): ToolRun {
    const { stdout, stderr, status } = runProgram(this.machine, program, [program.name, ...args], { stdin, forUs: 30 * SECOND_US, uid: 0 });
    return { stdout, stderr, code: status?.code };
  }

  /** Starts a tool that goes on; after `seconds` it is still running. */
  start(program: Program, args: readonly string[], seconds: number): Process {
    return runProgram(this.machine, program, [program.name, ...args], { forUs: seconds * SECOND_US, uid: 0 }).process;
  }

  signal(process: Process, signal: Signal): void {
    process.signal(signal);
    this.sleep(2);
  }
}

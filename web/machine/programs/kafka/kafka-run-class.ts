import type { Op } from '../../../engine/kernel/task';
import type { Process } from '../../os/process';
import type { Program } from '../../os/program';
import { DEFAULT_HEAP_BYTES, Jvm } from '../lib/jvm';
import { dumpLogSegments } from './run-class/dump-log-segments';
import { getOffsetShell } from './run-class/get-offset-shell';

/** Classes without a script of their own. */
const CLASSES: Readonly<Record<string, (jvm: Jvm, args: readonly string[]) => Op<number>>> = {
  'kafka.tools.GetOffsetShell': getOffsetShell,
  'kafka.tools.DumpLogSegments': dumpLogSegments,
};

/** Classes that a script of the same directory runs. */
const SCRIPTS: Readonly<Record<string, string>> = {
  'kafka.tools.ConsoleProducer': 'kafka-console-producer.sh',
  'kafka.tools.ConsoleConsumer': 'kafka-console-consumer.sh',
  'kafka.admin.ConsumerGroupCommand': 'kafka-consumer-groups.sh',
  'kafka.admin.TopicCommand': 'kafka-topics.sh',
  'kafka.admin.ConfigCommand': 'kafka-configs.sh',
  'kafka.Kafka': 'kafka-server-start.sh',
  'org.apache.zookeeper.server.quorum.QuorumPeerMain': 'zookeeper-server-start.sh',
};

/** Classes that Kafka ships and that do nothing here. */
const NOT_SIMULATED = [
  'kafka.tools.ReplayLogProducer', 'kafka.tools.JmxTool', 'kafka.tools.StateChangeLogMerger', 'kafka.tools.ConsumerOffsetChecker',
  'kafka.tools.ExportZkOffsets', 'kafka.tools.ImportZkOffsets', 'kafka.tools.UpdateOffsetsInZK', 'kafka.tools.VerifyConsumerRebalance',
  'kafka.tools.MirrorMaker', 'kafka.tools.SimpleConsumerShell', 'kafka.tools.ReplicaVerificationTool', 'kafka.tools.ConsumerPerformance',
  'org.apache.kafka.tools.ProducerPerformance', 'org.apache.kafka.tools.VerifiableProducer', 'org.apache.kafka.tools.VerifiableConsumer',
  'kafka.admin.ReassignPartitionsCommand', 'kafka.admin.PreferredReplicaLeaderElectionCommand', 'kafka.admin.AclCommand',
  'kafka.admin.LogDirsCommand', 'kafka.admin.DeleteRecordsCommand', 'kafka.admin.BrokerApiVersionsCommand', 'kafka.admin.DelegationTokenCommand',
];

/** Options of the script itself, before the class; the second has an argument. */
const SCRIPT_FLAGS = ['-daemon', '-loggc'];

/**
 * Runs one of Kafka's classes by its name.
 *
 * Simplified: `-daemon`, `-name` and `-loggc` are read and change nothing.
 */
export const kafkaRunClass: Program = {
  name: 'kafka-run-class.sh',
  *main(process): Op<number> {
    const args = process.args;
    while (args.length > 0 && (SCRIPT_FLAGS.includes(args[0] as string) || args[0] === '-name')) args.splice(0, args[0] === '-name' ? 2 : 1);
    const className = args.shift();
    if (className === undefined) {
      yield* process.out(`USAGE: ${process.argv[0]} [-daemon] [-name servicename] [-loggc] classname [opts]\n`);
      return 1;
    }
    const run = CLASSES[className];
    if (run !== undefined) return yield* new Jvm(process).run(DEFAULT_HEAP_BYTES, (jvm) => run(jvm, args));
    const script = SCRIPTS[className];
    if (script !== undefined) return yield* runScript(process, script, args);
    if (NOT_SIMULATED.includes(className)) {
      yield* process.err(`${className} is not simulated yet.\n`);
      return 1;
    }
    return yield* new Jvm(process).run(DEFAULT_HEAP_BYTES, (jvm) => missingClass(jvm, className));
  },
  complete({ index, prefix }) {
    if (index !== 1) return undefined;
    return [...Object.keys(CLASSES), ...Object.keys(SCRIPTS)].filter((each) => each.startsWith(prefix)).sort();
  },
};

function* missingClass(jvm: Jvm, className: string): Op<number> {
  jvm.err.println(`Error: Could not find or load main class ${className}`);
  return 1;
}

/** Becomes the script that lies beside this one. */
function* runScript(process: Process, script: string, args: readonly string[]): Op<number> {
  const own = process.machine.findCommand(process.argv[0] as string, process) ?? process.argv[0] as string;
  const path = `${own.slice(0, own.lastIndexOf('/') + 1)}${script}`;
  const { program, argv } = process.machine.resolveExecutable(path, [path, ...args], process);
  process.argv.splice(0, process.argv.length, ...argv);
  return yield* program.main(process);
}

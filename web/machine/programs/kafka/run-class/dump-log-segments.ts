import type { Op } from '../../../../engine/kernel/task';
import { FileError } from '../../../os/file-error';
import { checkRequiredArgs, printUsageAndDie } from '../../lib/command-line-utils';
import { OptionParser, type OptionSet } from '../../lib/joptsimple';
import { JoptError } from '../../lib/joptsimple-error';
import { flag, option, type OptionSpec } from '../../lib/joptsimple-spec';
import { type Jvm, UncaughtException } from '../../lib/jvm';
import { dumpIndex, dumpTimeIndex, type IndexDumpOptions, type IndexMismatches } from './dump-index';
import { dumpLog, type NonConsecutivePairs } from './dump-log';
import { dumpProducerSnapshot, dumpTransactionIndex } from './dump-producer-state';
import { type RecordParser, recordParserFor } from './record-parsers';
import { SegmentFile } from './segment-file';

const STRING_DECODER = 'kafka.serializer.StringDecoder';

const OPTIONS: readonly OptionSpec[] = [
  flag('print-data-log', 'if set, printing the messages content when dumping data logs. Automatically set if any decoder option is specified.'),
  flag('verify-index-only', 'if set, just verify the index log without printing its content.'),
  flag(
    'index-sanity-check',
    'if set, just checks the index sanity without printing its content. ' +
      'This is the same check that is executed on broker startup to determine if an index needs rebuilding or not.',
  ),
  option('files', 'REQUIRED: The comma separated list of data and index log files to be dumped.', { label: 'file1, file2, ...' }),
  option('max-message-size', 'Size of largest message.', { label: 'size', type: 'Integer', defaults: ['5242880'] }),
  flag('deep-iteration', 'if set, uses deep instead of shallow iteration. Automatically set if print-data-log is enabled.'),
  {
    names: ['value-decoder-class'],
    description:
      'if set, used to deserialize the messages. This class should implement kafka.serializer.Decoder trait. ' +
      'Custom jar should be available in kafka/libs directory.',
    argument: { required: false, defaults: [STRING_DECODER] },
  },
  {
    names: ['key-decoder-class'],
    description:
      'if set, used to deserialize the keys. This class should implement kafka.serializer.Decoder trait. ' +
      'Custom jar should be available in kafka/libs directory.',
    argument: { required: false, defaults: [STRING_DECODER] },
  },
  flag('offsets-decoder', 'if set, log data will be parsed as offset data from the __consumer_offsets topic.'),
  flag('transaction-log-decoder', 'if set, log data will be parsed as transaction metadata from the __transaction_state topic.'),
  flag('help', 'Print usage information.'),
];

const MAIN = 'kafka.tools.DumpLogSegments.main(DumpLogSegments.scala)';
/** How the program gets from its main to one file. */
export const EACH_FILE_FRAMES: readonly string[] = [
  'kafka.tools.DumpLogSegments$$anonfun$main$1.apply(DumpLogSegments.scala:114)',
  'kafka.tools.DumpLogSegments$$anonfun$main$1.apply(DumpLogSegments.scala:104)',
  'scala.collection.IndexedSeqOptimized$class.foreach(IndexedSeqOptimized.scala:33)',
  'scala.collection.mutable.ArrayOps$ofRef.foreach(ArrayOps.scala:186)',
  'kafka.tools.DumpLogSegments$.main(DumpLogSegments.scala:104)',
  MAIN,
];

/**
 * Shows what is in the files of a log: batches, records, index entries.
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/tools/DumpLogSegments.scala
 */
export function* dumpLogSegments(jvm: Jvm, args: readonly string[]): Op<number> {
  const options = parseOptions(jvm, args);
  const printData = ['print-data-log', 'offsets-decoder', 'transaction-log-decoder', 'value-decoder-class', 'key-decoder-class'].some((each) => options.has(each));
  const parser = recordParserFor(options);
  const indexOptions: IndexDumpOptions = { sanityOnly: options.has('index-sanity-check'), verifyOnly: options.has('verify-index-only') };
  const mismatches: IndexMismatches = { index: new Map(), timeIndex: new Map() };
  const gaps: NonConsecutivePairs = new Map();
  for (const path of (options.valueOf('files') as string).split(',')) {
    jvm.out.println(`Dumping ${path}`);
    const file = new SegmentFile(jvm, path);
    try {
      yield* dumpFile(file, { printData, isDeep: printData || options.has('deep-iteration'), parser, gaps, indexOptions, mismatches });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new UncaughtException({ text: `java.io.FileNotFoundException: ${path} (${error.message})`, frames: EACH_FILE_FRAMES });
    }
    yield* jvm.out.flush();
  }
  report(jvm, mismatches, gaps);
  return 0;
}

interface DumpOptions {
  readonly printData: boolean;
  readonly isDeep: boolean;
  readonly parser: RecordParser;
  readonly gaps: NonConsecutivePairs;
  readonly indexOptions: IndexDumpOptions;
  readonly mismatches: IndexMismatches;
}

function* dumpFile(file: SegmentFile, options: DumpOptions): Op<void> {
  switch (file.suffix) {
    case '.log':
      yield* dumpLog(file, options);
      return;
    case '.index':
      yield* dumpIndex(file, options.indexOptions, options.mismatches);
      return;
    case '.timeindex':
      yield* dumpTimeIndex(file, options.indexOptions, options.mismatches);
      return;
    case '.snapshot':
      dumpProducerSnapshot(file);
      return;
    case '.txnindex':
      dumpTransactionIndex(file);
      return;
    default:
      file.jvm.err.println(`Ignoring unknown file ${file.path}`);
  }
}

function report(jvm: Jvm, mismatches: IndexMismatches, gaps: NonConsecutivePairs): void {
  for (const [path, pairs] of mismatches.index) {
    jvm.err.println(`Mismatches in :${path}`);
    for (const [indexOffset, logOffset] of pairs) jvm.err.println(`  Index offset: ${indexOffset}, log offset: ${logOffset}`);
  }
  for (const [path, lines] of mismatches.timeIndex) {
    jvm.err.println(`Found timestamp mismatch in :${path}`);
    for (const line of lines) jvm.err.println(line);
  }
  for (const [path, pairs] of gaps) {
    jvm.err.println(`Non-consecutive offsets in :${path}`);
    for (const [before, after] of pairs) jvm.err.println(`  ${before} is followed by ${after}`);
  }
}

function parseOptions(jvm: Jvm, args: readonly string[]): OptionSet {
  const parser = new OptionParser(OPTIONS);
  try {
    const options = parser.parse(args);
    if (args.length === 0 || options.has('help')) {
      printUsageAndDie(jvm, parser, 'Parse a log file and dump its contents to the console, useful for debugging a seemingly corrupt log segment.');
    }
    checkRequiredArgs(jvm, parser, options, ['files']);
    for (const name of ['files', 'max-message-size', 'value-decoder-class', 'key-decoder-class']) options.valueOf(name);
    return options;
  } catch (error) {
    if (error instanceof JoptError) throw new UncaughtException(error.throwable(['kafka.tools.DumpLogSegments$.main(DumpLogSegments.scala:72)', MAIN]));
    throw error;
  }
}

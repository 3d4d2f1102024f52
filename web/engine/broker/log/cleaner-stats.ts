const MEBIBYTE = 1048576;

/** What one cleaning read and wrote. Bytes and records. */
export interface CleanerStats {
  mapBytesRead: number;
  bytesRead: number;
  bytesWritten: number;
  messagesRead: number;
  messagesWritten: number;
}

export function emptyStats(): CleanerStats {
  return { mapBytesRead: 0, bytesRead: 0, bytesWritten: 0, messagesRead: 0, messagesWritten: 0 };
}

/**
 * The block that a cleaner's log shows after a cleaning. `elapsedMs` of 0 counts as 1, so that rates stay finite.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogCleaner.scala recordStats
 */
export function summarize(name: string, section: { from: number; to: number }, stats: CleanerStats, elapsedMs: number): string {
  const seconds = Math.max(1, elapsedMs) / 1000;
  const mb = (bytes: number): string => grouped(bytes / MEBIBYTE, 1);
  const rate = (bytes: number): string => grouped(bytes / MEBIBYTE / seconds, 1);
  const reduction = (after: number, before: number): string => (100 * (1 - after / before)).toFixed(1);
  return [
    '',
    `\tLog cleaner thread 0 cleaned log ${name} (dirty section = [${section.from}, ${section.to}])`,
    `\t${mb(stats.bytesRead)} MB of log processed in ${grouped(seconds, 1)} seconds (${rate(stats.bytesRead)} MB/sec).`,
    `\tIndexed ${mb(stats.mapBytesRead)} MB in ${seconds.toFixed(1)} seconds (${rate(stats.mapBytesRead)} Mb/sec, 100.0% of total time)`,
    '\tBuffer utilization: 0.0%',
    `\tCleaned ${mb(stats.bytesRead)} MB in ${seconds.toFixed(1)} seconds (${rate(stats.bytesRead)} Mb/sec, 0.0% of total time)`,
    `\tStart size: ${mb(stats.bytesRead)} MB (${grouped(stats.messagesRead, 0)} messages)`,
    `\tEnd size: ${mb(stats.bytesWritten)} MB (${grouped(stats.messagesWritten, 0)} messages)`,
    `\t${reduction(stats.bytesWritten, stats.bytesRead)}% size reduction (${reduction(stats.messagesWritten, stats.messagesRead)}% fewer messages)`,
    '',
  ].join('\n');
}

/** With commas between thousands. */
function grouped(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/**
 * What things cost in simulated time (us), in one place.
 * Origins: the JVM start is the median of short Kafka tools on two cores; the others are a Linux laptop's usual orders of magnitude.
 */
export const COSTS = {
  /** fork and exec of a small program. */
  processStartUs: 1000,
  /** fork alone: a subshell, a background job. */
  forkUs: 400,
  /** A simple command, an assignment, a test in bash. */
  shellStepUs: 3,
  /** read or write of one chunk. */
  systemCallUs: 2,
  /** Bytes that a program reads or writes in a microsecond. */
  bytesPerUs: 500,
  /** Bytes that a terminal shows in a microsecond. */
  terminalBytesPerUs: 4,
  /** What a process may use before others see time pass. */
  quantumUs: 200,
  /** Java's start up to `main`. */
  jvmStartUs: 850_000,
} as const;

/**
 * What the engine's work takes (simulated us): a Linux laptop with an SSD and overlay2, in whole orders of magnitude.
 * The download rate is that of a good office line.
 */
export const DOCKER_COSTS = {
  requestUs: 2_000,
  createContainerUs: 60_000,
  startContainerUs: 280_000,
  execUs: 70_000,
  /** Until the engine has seen that a container's first process ended and has taken its network away. */
  stoppedUs: 90_000,
  removeContainerUs: 40_000,
  createNetworkUs: 90_000,
  removeNetworkUs: 110_000,
  downloadBytesPerUs: 24,
  extractBytesPerUs: 180,
  /** Between two reports of one layer's progress. */
  progressEveryUs: 100_000,
  registryRoundTripUs: 350_000,
  /** The engine waits this long before a restart policy's first attempt; each further one doubles it. */
  restartBackoffUs: 100_000,
  restartBackoffLimitUs: 60_000_000,
} as const;

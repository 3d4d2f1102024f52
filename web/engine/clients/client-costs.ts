/**
 * Simulated time that a client's own work takes.
 *
 * Units: us. Origin: producing with one record a batch, limited by requests, gives 16,000 a second with client and broker on two cores;
 * a loop of the I/O thread and a request's share of it are what is left after the broker's part.
 */
export const CLIENT_COSTS = {
  /** One round of a client's poll loop. */
  pollUs: 10,
  /** Building and sending a request. */
  requestUs: 15,
  /** A wait that nothing ends is over at most so much late: waits are whole milliseconds, and a thread has to be woken. */
  timerLateUs: 1000,
} as const;

/** Why the engine said no, in its words (what stands behind "Error response from daemon: "). `status` is the HTTP status of its API. */
export class DockerError extends Error {
  constructor(
    message: string,
    readonly status: 400 | 404 | 409 | 500 = 500,
  ) {
    super(message);
  }
}

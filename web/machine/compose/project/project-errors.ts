/** An operation on one container failed; shown behind the container's name. */
export class OperationFailedError extends Error {}

/** The command as a whole cannot go on: compose prints the message as an error and ends with 1. */
export class ProjectError extends Error {}

/** No service has that name. */
export class NoSuchService extends ProjectError {
  constructor(name: string) {
    super(`No such service: ${name}`);
  }
}

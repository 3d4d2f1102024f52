import { DockerError } from './docker-error';

/** A name such as `wurstmeister/kafka:1.1.0` taken apart. */
export interface ImageReference {
  /** Without the tag, in its short form (`library/` and `docker.io/` dropped). */
  readonly repository: string;
  readonly tag: string;
  /** False when `latest` was filled in. */
  readonly tagGiven: boolean;
}

const REPOSITORY = /^(?:[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*\/)*[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^[\w][\w.-]{0,127}$/;

/** Throws DockerError: `invalid reference format`. */
export function parseImageReference(text: string): ImageReference {
  const slash = text.lastIndexOf('/');
  const colon = text.indexOf(':', slash + 1);
  const name = colon < 0 ? text : text.slice(0, colon);
  const tag = colon < 0 ? 'latest' : text.slice(colon + 1);
  if (name !== name.toLowerCase() && REPOSITORY.test(name.toLowerCase())) {
    throw new DockerError('invalid reference format: repository name must be lowercase', 400);
  }
  const withoutHost = name.replace(/^(?:localhost|[a-z0-9.-]+\.[a-z0-9.-]+|[a-z0-9.-]+)(?::\d+)\//, '');
  if (!REPOSITORY.test(withoutHost) || !TAG.test(tag)) throw new DockerError('invalid reference format', 400);
  return { repository: name.replace(/^docker\.io\//, '').replace(/^library\//, ''), tag, tagGiven: colon >= 0 };
}

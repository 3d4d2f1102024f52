import type { ZkRequest, ZkResponse } from './messages';

/** The request as the server sees it, below `chroot`. */
export function withChroot(request: ZkRequest, chroot: string): ZkRequest {
  if (chroot === '') return request;
  const below = (path: string): string => (path === '/' ? chroot : chroot + path);
  if (request.op === 'multi') return { ...request, ops: request.ops.map((op) => ({ ...op, path: below(op.path) })) };
  return 'path' in request ? { ...request, path: below(request.path) } : request;
}

/** The answer with names as the client gave them. */
export function withoutChroot(response: ZkResponse, chroot: string): ZkResponse {
  if (chroot === '' || response.name === undefined) return response;
  return { ...response, name: response.name.slice(chroot.length) || '/' };
}

/** The path that an error of this request names. */
export function pathOfRequest(request: ZkRequest): string | undefined {
  return 'path' in request ? request.path : undefined;
}

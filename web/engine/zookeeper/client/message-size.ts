import type { ZkMessage, ZkRequest, ZkResponse } from './messages';

const REQUEST_HEADER_BYTES = 12;
const REPLY_HEADER_BYTES = 20;
const CONNECT_BYTES = 49;
const STAT_BYTES = 68;
const ACL_BYTES = 31;

/** How many bytes a message takes on the wire. */
export function sizeOfZkMessage(message: ZkMessage): number {
  switch (message.kind) {
    case 'zk.connect':
      return CONNECT_BYTES;
    case 'zk.connected':
      return CONNECT_BYTES - 8;
    case 'zk.request':
      return REQUEST_HEADER_BYTES + sizeOfRequest(message.request);
    case 'zk.reply':
      return REPLY_HEADER_BYTES + sizeOfResponse(message.response);
    case 'zk.watch':
      return REPLY_HEADER_BYTES + 12 + message.path.length;
  }
}

function sizeOfRequest(request: ZkRequest): number {
  switch (request.op) {
    case 'multi':
      return request.ops.reduce((sum, op) => sum + 9 + sizeOfRequest(op), 9);
    case 'setWatches':
      return [...request.dataWatches, ...request.existWatches, ...request.childWatches].reduce(
        (sum, path) => sum + 4 + path.length,
        20,
      );
    case 'auth':
      return 12 + request.scheme.length + request.auth.length;
    case 'ping':
    case 'closeSession':
      return 0;
    case 'create':
      return 4 + request.path.length + 4 + (request.data?.length ?? 0) + ACL_BYTES + 4;
    case 'setData':
      return 4 + request.path.length + 4 + (request.data?.length ?? 0) + 4;
    default:
      return 4 + request.path.length + 4;
  }
}

function sizeOfResponse(response: ZkResponse): number {
  let size = 0;
  if (response.name !== undefined) size += 4 + response.name.length;
  if (response.stat !== undefined) size += STAT_BYTES;
  if (response.data !== undefined) size += 4 + (response.data?.length ?? 0);
  if (response.acl !== undefined) size += 4 + response.acl.length * ACL_BYTES;
  for (const child of response.children ?? []) size += 4 + child.length;
  for (const result of response.results ?? []) size += 9 + sizeOfResponse(result);
  return size;
}

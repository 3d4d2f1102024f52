import { type Acl, KEEPER_CODES, type KeeperCode } from '../client/messages';
import { JuteReader, JuteWriter } from './jute';
import type { Transaction, TransactionBody } from './transaction';

/** ZooKeeper's numbers of operations, as they stand in its log. */
export const OP_CODES: Record<TransactionBody['type'], number> = {
  create: 1,
  delete: 2,
  setData: 5,
  setACL: 7,
  check: 13,
  multi: 14,
  createSession: -10,
  closeSession: -11,
  error: -1,
};

export function encodeTransaction(transaction: Transaction): Uint8Array {
  const { sessionId, cxid, zxid, timeMs, body } = transaction;
  const out = new JuteWriter().long(sessionId).int(cxid).long(zxid).long(timeMs).int(OP_CODES[body.type]);
  writeBody(out, body);
  return out.toBytes();
}

export function decodeTransaction(bytes: Uint8Array): Transaction {
  const input = new JuteReader(bytes);
  const header = { sessionId: BigInt.asUintN(64, input.long()), cxid: input.int(), zxid: input.count(), timeMs: input.count() };
  return { ...header, body: readBody(input, input.int()) };
}

export function writeAcl(out: JuteWriter, acl: readonly Acl[]): void {
  out.int(acl.length);
  for (const { perms, scheme, id } of acl) out.int(perms).string(scheme).string(id);
}

export function readAcl(input: JuteReader): Acl[] {
  return Array.from({ length: input.int() }, () => ({ perms: input.int(), scheme: input.string(), id: input.string() }));
}

function writeBody(out: JuteWriter, body: TransactionBody): void {
  switch (body.type) {
    case 'create':
      out.string(body.path).buffer(body.data);
      writeAcl(out, body.acl);
      out.boolean(body.ephemeral).int(body.parentCversion);
      break;
    case 'delete':
      out.string(body.path);
      break;
    case 'setData':
      out.string(body.path).buffer(body.data).int(body.version);
      break;
    case 'setACL':
      out.string(body.path);
      writeAcl(out, body.acl);
      out.int(body.version);
      break;
    case 'check':
      out.string(body.path).int(body.version);
      break;
    case 'createSession':
      out.int(body.timeoutMs);
      break;
    case 'closeSession':
      break;
    case 'error':
      out.int(KEEPER_CODES[body.code]);
      break;
    case 'multi':
      out.int(body.bodies.length);
      for (const each of body.bodies) {
        const inner = new JuteWriter();
        writeBody(inner, each);
        out.int(OP_CODES[each.type]).buffer(inner.toBytes());
      }
  }
}

function readBody(input: JuteReader, opCode: number): TransactionBody {
  switch (opCode) {
    case OP_CODES.create:
      return {
        type: 'create',
        path: input.string(),
        data: input.buffer(),
        acl: readAcl(input),
        ephemeral: input.boolean(),
        parentCversion: input.int(),
      };
    case OP_CODES.delete:
      return { type: 'delete', path: input.string() };
    case OP_CODES.setData:
      return { type: 'setData', path: input.string(), data: input.buffer(), version: input.int() };
    case OP_CODES.setACL:
      return { type: 'setACL', path: input.string(), acl: readAcl(input), version: input.int() };
    case OP_CODES.check:
      return { type: 'check', path: input.string(), version: input.int() };
    case OP_CODES.createSession:
      return { type: 'createSession', timeoutMs: input.int() };
    case OP_CODES.closeSession:
      return { type: 'closeSession' };
    case OP_CODES.multi:
      return { type: 'multi', bodies: Array.from({ length: input.int() }, () => readInner(input)) };
    case OP_CODES.error:
      return { type: 'error', code: codeOf(input.int()) };
    default:
      throw new RangeError(`unsupported txn with type=${opCode}`);
  }
}

function readInner(input: JuteReader): TransactionBody {
  const opCode = input.int();
  return readBody(new JuteReader(input.buffer() ?? new Uint8Array(0)), opCode);
}

function codeOf(value: number): KeeperCode {
  const found = Object.entries(KEEPER_CODES).find(([, code]) => code === value);
  return (found?.[0] ?? 'SystemError') as KeeperCode;
}

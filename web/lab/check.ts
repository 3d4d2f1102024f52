import type { WorldView } from './world-view';

/** One thing that must be true: the kind's name with what it asks for, as `lab.md` writes it. */
export type Check = Readonly<Record<string, unknown>>;

/** What a check of a kind asks for, already read. */
interface CheckKind {
  /** Fields beside the kind's own, with what they must be. */
  readonly fields: Readonly<Record<string, 'text' | 'number' | 'texts'>>;
  /** Null when it is true; else one sentence that says what differs. */
  differs(value: string, fields: Fields, world: WorldView): string | null;
}

interface Fields {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  texts(name: string): readonly string[];
}

const COUNT_WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five'];

function counted(count: number, one: string): string {
  return `${COUNT_WORDS[count] ?? count} ${one}${count === 1 ? '' : 's'}`;
}

/** The kinds of checks, by the field that names them. A new kind is a row. */
const CHECK_KINDS: Readonly<Record<string, CheckKind>> = {
  ran: {
    fields: { host: 'text', args: 'texts', exit: 'number' },
    differs(program, fields, world) {
      const host = fields.text('host') ?? 'laptop';
      const args = fields.texts('args');
      const exit = fields.number('exit') ?? 0;
      const runs = world.programs().filter((each) => each.host === host && each.program === program && args.every((arg) => each.args.includes(arg)));
      if (runs.some((run) => run.exitCode === exit)) return null;
      const command = [program, ...args].join(' ');
      const last = runs.at(-1);
      if (last === undefined) return `${command} has not run on ${host} yet.`;
      if (last.exitCode === null) return `${command} is still running on ${host}.`;
      return `${command} ended with exit code ${last.exitCode}; this step asks for ${exit}.`;
    },
  },
  printed: {
    fields: { program: 'text', host: 'text' },
    differs(text, fields, world) {
      const program = fields.text('program');
      const host = fields.text('host');
      const runs = world.programs().filter((each) => (program === undefined || each.program === program) && (host === undefined || each.host === host));
      if (runs.some((run) => run.printed.includes(text))) return null;
      return `${program ?? 'No program'} has ${program === undefined ? '' : 'not '}printed “${text}” yet.`;
    },
  },
  image: {
    fields: {},
    differs: (image, _fields, world) => (world.images().includes(image) ? null : `The image ${image} is not on the laptop yet.`),
  },
  running: {
    fields: {},
    differs(service, _fields, world) {
      const containers = world.containers().filter((each) => each.service === service);
      if (containers.some((each) => each.state === 'running')) return null;
      if (containers.length === 0) return `There is no container of the service ${service} yet.`;
      return `The container of ${service} is ${containers[0]?.state === 'exited' ? 'stopped' : containers[0]?.state}; this step asks for a running one.`;
    },
  },
  containers: {
    fields: {},
    differs(count, _fields, world) {
      const there = world.containers().filter((each) => each.service !== null).length;
      if (there === Number(count)) return null;
      return `${counted(there, 'container')} of the lab ${there === 1 ? 'is' : 'are'} there; this step asks for ${count === '0' ? 'none' : count}.`;
    },
  },
  brokers: {
    fields: {},
    differs(count, _fields, world) {
      const there = world.brokers().length;
      return there === Number(count) ? null : `${counted(there, 'broker')} ${there === 1 ? 'is' : 'are'} registered in ZooKeeper; this step asks for ${count}.`;
    },
  },
  topic: {
    fields: { partitions: 'number', replicationFactor: 'number' },
    differs(name, fields, world) {
      const topic = world.topics().find((each) => each.name === name);
      if (topic === undefined) return nearestTopic(name, world);
      const partitions = fields.number('partitions');
      if (partitions !== undefined && topic.partitions.length !== partitions) {
        return `The topic ${name} has ${topic.partitions.length} partitions; this step asks for ${partitions}.`;
      }
      const factor = fields.number('replicationFactor');
      if (factor !== undefined && topic.replicationFactor !== factor) {
        return `The topic ${name} has replication factor ${topic.replicationFactor}; this step asks for ${factor}.`;
      }
      const leaderless = topic.partitions.find((each) => each.leader < 0);
      return leaderless === undefined ? null : `Partition ${leaderless.partition} of ${name} has no leader.`;
    },
  },
  records: {
    fields: { atLeast: 'number' },
    differs(name, fields, world) {
      const topic = world.topics().find((each) => each.name === name);
      if (topic === undefined) return nearestTopic(name, world);
      const asked = fields.number('atLeast') ?? 1;
      const there = topic.partitions.reduce((sum, each) => sum + each.records, 0);
      return there >= asked ? null : `The topic ${name} holds ${there} record${there === 1 ? '' : 's'}; this step asks for ${asked}.`;
    },
  },
  consumed: {
    fields: { atLeast: 'number' },
    differs(topic, fields, world) {
      const asked = fields.number('atLeast') ?? 1;
      const read = world.recordsConsumed(topic);
      return read >= asked ? null : `Consumers have read ${read} record${read === 1 ? '' : 's'} of ${topic}; this step asks for ${asked}.`;
    },
  },
  group: {
    fields: { state: 'text', members: 'number' },
    differs(groupId, fields, world) {
      const group = world.groups().find((each) => each.groupId === groupId);
      if (group === undefined) return `There is no group ${groupId} yet.`;
      const state = fields.text('state');
      if (state !== undefined && group.state !== state) return `The group ${groupId} is ${group.state}; this step asks for ${state}.`;
      const members = fields.number('members');
      if (members !== undefined && group.members !== members) return `The group ${groupId} has ${group.members} members; this step asks for ${members}.`;
      return null;
    },
  },
};

function nearestTopic(name: string, world: WorldView): string {
  const others = world.topics().map((each) => each.name).filter((each) => !each.startsWith('__'));
  const alike = others.find((each) => each.toLowerCase() === name.toLowerCase() || each.replaceAll(/[-_.]/g, '') === name);
  if (alike !== undefined) return `There is a topic ${alike}; this step asks for ${name}.`;
  return `There is no topic ${name} yet.`;
}

/** Null when the check is true in this world; else one sentence that says what differs. */
export function whatDiffers(check: Check, world: WorldView): string | null {
  const kind = Object.keys(check).find((key) => key in CHECK_KINDS) as string;
  return (CHECK_KINDS[kind] as CheckKind).differs(String(check[kind]), fieldsOf(check), world);
}

/** Throws an Error that names what is wrong with a check as it is written. */
export function validateCheck(check: unknown): asserts check is Check {
  if (typeof check !== 'object' || check === null || Array.isArray(check)) throw new Error('a check is a mapping such as `topic: helloworld`');
  const names = Object.keys(check);
  const kinds = names.filter((name) => name in CHECK_KINDS);
  if (kinds.length === 0) throw new Error(`no kind of check among ${names.join(', ')}; kinds are ${Object.keys(CHECK_KINDS).join(', ')}`);
  const kind = kinds[0] as string;
  const { fields } = CHECK_KINDS[kind] as CheckKind;
  for (const name of names) {
    if (name === kind) continue;
    const type = fields[name];
    if (type === undefined) throw new Error(`${kind} has no field ${name}; it has ${Object.keys(fields).join(', ') || 'none'}`);
    const value = (check as Record<string, unknown>)[name];
    const right = type === 'texts' ? Array.isArray(value) : type === 'number' ? typeof value === 'number' : typeof value === 'string';
    if (!right) throw new Error(`${kind}.${name} must be a ${type === 'texts' ? 'list' : type}`);
  }
}

function fieldsOf(check: Check): Fields {
  return {
    text: (name) => (check[name] === undefined ? undefined : String(check[name])),
    number: (name) => (check[name] === undefined ? undefined : Number(check[name])),
    texts: (name) => ((check[name] as readonly unknown[] | undefined) ?? []).map(String),
  };
}

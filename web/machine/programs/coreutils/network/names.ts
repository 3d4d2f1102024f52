import type { Program } from '../../../os/program';

/** `getent hosts NAME`, and the users of the machine. */
export const getent: Program = {
  name: 'getent',
  *main(process) {
    const [database, ...keys] = process.args;
    const { host, users } = process.machine;
    if (database === undefined) {
      yield* process.err('Usage: getent [OPTION...] database [key ...]\n');
      return 1;
    }
    let status = 0;
    if (database === 'hosts' || database === 'ahosts' || database === 'ahostsv4') {
      if (keys.length === 0) for (const [name, address] of host.hostsFile) yield* process.out(`${address.padEnd(15)} ${name}\n`);
      for (const key of keys) {
        const byAddress = /^\d+(\.\d+){3}$/.test(key);
        const name = byAddress ? host.reverseResolve(key) : key;
        const [address] = name === undefined ? [] : host.resolve(key);
        if (address === undefined || name === undefined) status = 2;
        else if (database === 'hosts') yield* process.out(`${address.padEnd(15)} ${name}\n`);
        else yield* process.out(`${address.padEnd(15)} STREAM ${name}\n${address.padEnd(15)} DGRAM  \n${address.padEnd(15)} RAW    \n`);
      }
      return status;
    }
    if (database !== 'passwd' && database !== 'group') {
      yield* process.err(`Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.\n`);
      return 1;
    }
    for (const [uid, user] of users) {
      if (keys.length > 0 && !keys.includes(user.name) && !keys.includes(String(uid))) continue;
      yield* process.out(database === 'passwd' ? `${user.name}:x:${uid}:${uid}:${user.name}:${user.home}:/bin/bash\n` : `${user.name}:x:${uid}:\n`);
    }
    return keys.every((key) => [...users].some(([uid, user]) => user.name === key || String(uid) === key)) ? 0 : 2;
  },
};

/** Asks for the address of a name. Simplified: the server is Docker's, whoever asks. */
export const nslookup: Program = {
  name: 'nslookup',
  *main(process) {
    const name = process.args.find((word) => !word.startsWith('-'));
    if (name === undefined) return 0;
    const addresses = process.machine.host.resolve(name);
    yield* process.out('Server:\t\t127.0.0.11\nAddress:\t127.0.0.11#53\n\n');
    if (addresses.length === 0) {
      yield* process.out(`** server can't find ${name}: NXDOMAIN\n\n`);
      return 1;
    }
    yield* process.out(`Non-authoritative answer:\n${addresses.map((address) => `Name:\t${name}\nAddress: ${address}\n`).join('')}\n`);
    return 0;
  },
};

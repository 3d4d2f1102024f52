import type { Program } from '../../../os/program';
import { quoteLocale } from '../../lib/quoting';
import { FAILURE_TEXTS, tryConnect } from '../../lib/probe';
import { formatDate } from '../../lib/date-format';

interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

function targetOf(text: string): Target | undefined {
  const match = /^(?:(https?|ftp|telnet):\/\/)?([^/:?#]+)(?::(\d+))?([/?#].*)?$/.exec(text);
  if (match === null) return undefined;
  const [, scheme = 'http', host = '', port, path = '/'] = match;
  return { host, port: Number(port ?? (scheme === 'https' ? 443 : scheme === 'ftp' ? 21 : 80)), path };
}

/** Fetches an address. Nothing here speaks HTTP, so it is good for finding out whether a name resolves and a port answers. */
export const curl: Program = {
  name: 'curl',
  *main(process) {
    const words = process.args;
    const valued = /^-(?:[odHXumTeAbcFKLw]|-(?:output|data|header|request|max-time|connect-timeout|user))$/;
    const urls = words.filter((word, i) => !word.startsWith('-') && !valued.test(words[i - 1] ?? ''));
    if (words.includes('--version') || words.includes('-V')) {
      yield* process.out('curl 7.88.1 (x86_64-pc-linux-gnu)\n');
      return 0;
    }
    const [url] = urls;
    if (url === undefined) {
      yield* process.err("curl: try 'curl --help' or 'curl --manual' for more information\n");
      return 2;
    }
    const quiet = words.some((word) => /^-\w*s/.test(word) && !word.startsWith('--')) && !words.some((word) => /^-\w*S/.test(word) && !word.startsWith('--'));
    const fail = function* (code: number, message: string) {
      if (!quiet) yield* process.err(`curl: (${code}) ${message}\n`);
      return code;
    };
    const target = targetOf(url);
    if (target === undefined) return yield* fail(3, 'URL using bad/illegal format or missing URL');
    const [address] = process.machine.host.resolve(target.host);
    if (address === undefined) return yield* fail(6, `Could not resolve host: ${target.host}`);
    const limit = words[words.findIndex((word) => word === '-m' || word === '--max-time' || word === '--connect-timeout') + 1];
    const before = process.machine.sim.nowUs;
    const result = yield* tryConnect(process, { address, port: target.port }, words.some((word) => word === '-m' || word === '--max-time' || word === '--connect-timeout') ? Number(limit) * 1e6 : Infinity);
    const ms = Math.floor((process.machine.sim.nowUs - before) / 1000);
    if ('failure' in result) {
      if (result.failure === 'timeout') return yield* fail(28, `Failed to connect to ${target.host} port ${target.port} after ${ms} ms: Timeout was reached`);
      return yield* fail(7, `Failed to connect to ${target.host} port ${target.port} after ${ms} ms: Couldn't connect to server`);
    }
    result.endpoint.close();
    return yield* fail(52, 'Empty reply from server');
  },
};

/** Fetches an address into a file; as honest as curl. */
export const wget: Program = {
  name: 'wget',
  *main(process) {
    const url = process.args.find((word) => !word.startsWith('-'));
    if (url === undefined) {
      yield* process.err("wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n");
      return 1;
    }
    const target = targetOf(url);
    if (target === undefined) {
      yield* process.err(`${url}: Invalid URL.\n`);
      return 1;
    }
    const quiet = process.args.includes('-q');
    const say = function* (text: string) {
      if (!quiet) yield* process.err(text);
    };
    const full = /^\w+:\/\//.test(url) ? url : `http://${url}${target.path === '/' ? '/' : ''}`;
    yield* say(`--${formatDate('%Y-%m-%d %H:%M:%S', process.machine.sim.dateMs())}--  ${full}\n`);
    const [address] = process.machine.host.resolve(target.host);
    const resolving = target.host === address ? '' : `Resolving ${target.host} (${target.host})... `;
    if (address === undefined) {
      yield* say(`${resolving}failed: Name or service not known.\nwget: unable to resolve host address ${quoteLocale(target.host)}\n`);
      return 4;
    }
    if (resolving !== '') yield* say(`${resolving}${address}\n`);
    yield* say(`Connecting to ${target.host} (${target.host})|${address}|:${target.port}... `);
    const result = yield* tryConnect(process, { address, port: target.port });
    if ('failure' in result) {
      yield* say(`failed: ${FAILURE_TEXTS[result.failure]}.\n`);
      return 4;
    }
    result.endpoint.close();
    yield* say('connected.\nHTTP request sent, awaiting response... No data received.\nGiving up.\n\n');
    return 4;
  },
};

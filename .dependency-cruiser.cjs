/** The import table of docs/architecture.md. What is not allowed here is an error. */
/** Tests, and what only tests use. */
const TESTING = '\\.test\\.tsx?$|testing|fixture|test-cluster|one-broker|^web/ui/dev/';
const folder = (path) => `^web/${path}/`;
const only = (from, to, options = {}) => ({
  name: `${from.replaceAll('/', '-')}-imports`,
  comment: `web/${from} may import only: ${['itself', ...to].join(', ')}`,
  severity: 'error',
  from: { path: folder(from), pathNot: options.pathNot ?? TESTING },
  to: { path: '^web/', pathNot: [from, ...to].map((each) => (each.endsWith('.ts') ? `^web/${each}$` : folder(each))) },
});

const engine = ['engine/kernel', 'engine/protocol', 'engine/config', 'engine/release', 'engine/network', 'engine/zookeeper', 'engine/admin', 'engine/broker', 'engine/clients'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    only('engine/kernel', []),
    only('engine/protocol', []),
    only('engine/release', []),
    only('engine/config', ['engine/protocol', 'engine/release']),
    only('engine/network', ['engine/kernel', 'engine/protocol']),
    only('engine/zookeeper', ['engine/kernel', 'engine/protocol', 'engine/network']),
    only('engine/admin', ['engine/kernel', 'engine/protocol', 'engine/config', 'engine/release', 'engine/zookeeper']),
    only('engine/broker', ['engine/kernel', 'engine/protocol', 'engine/config', 'engine/release', 'engine/network', 'engine/admin', 'engine/zookeeper']),
    only('engine/clients', ['engine/kernel', 'engine/protocol', 'engine/config', 'engine/release', 'engine/network']),
    only('engine/invariants', ['engine/kernel', 'engine/protocol', 'engine/broker', 'engine/clients', 'engine/zookeeper']),
    only('machine/os', ['engine/kernel', 'engine/network']),
    only('machine/shell', ['machine/os', 'engine/kernel']),
    only('machine/docker', ['machine/os', 'engine/kernel', 'engine/network']),
    only('machine/compose', ['machine/os', 'machine/docker', 'engine/kernel']),
    only('machine/programs', ['machine/os', 'machine/shell', 'machine/docker', 'machine/compose', 'engine/kernel', 'engine/protocol', 'engine/config', 'engine/release', 'engine/network', 'engine/admin', 'engine/clients', 'engine/zookeeper']),
    only('machine/images', ['machine/os', 'machine/shell', 'machine/docker', 'machine/programs', 'machine/compose', ...engine]),
    { name: 'server-internals', comment: 'only images start a ZooKeeper server; others are its clients', severity: 'error', from: { path: '^web/(engine/(admin|broker|clients)|machine/programs)/', pathNot: TESTING }, to: { path: '^web/engine/zookeeper/server/' } },
    only('lab', []),
    only('session', ['engine', 'machine', 'lab']),
    only('worker/host', ['session', 'lab']),
    only('worker/client', ['session', 'worker/host/session-worker.ts']),
    only('cli', ['session', 'engine', 'machine', 'lab']),
    only('ui', ['worker/client', 'worker/host', 'lab', 'session']),
    { name: 'ui-session-types', comment: 'the page knows the session by its types only', severity: 'error', from: { path: '^web/(ui|worker/client)/', pathNot: '\\.test\\.tsx?$' }, to: { path: '^web/(session|engine|machine)/', dependencyTypesNot: ['type-only'], pathNot: '^web/session/snapshot\\.ts$' } },
    { name: 'a-view-is-alone', comment: 'a view never imports another view', severity: 'error', from: { path: '^web/ui/views/([^/]+)/' }, to: { path: '^web/ui/views/', pathNot: '^web/ui/views/$1/' } },
    { name: 'views-without-store', comment: 'a view draws what it is given', severity: 'error', from: { path: '^web/ui/views/', pathNot: '\\.test\\.tsx?$' }, to: { path: '^web/ui/store/' } },
    { name: 'engine-alone', comment: 'the engine uses no npm package', severity: 'error', from: { path: '^web/engine/', pathNot: '\\.test\\.ts$|\\.bench\\.ts$' }, to: { dependencyTypes: ['npm', 'npm-dev', 'core'] } },
    { name: 'no-tests-in-product', severity: 'error', from: { path: '^web/', pathNot: TESTING }, to: { path: TESTING } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist|^\\.cache|node_modules/.*)' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};

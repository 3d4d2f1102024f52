// `npm run check` and `npm test`: runs the stages one after another and counts. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';

/** A stage that prints no counts of its own is one test. `json` names a report whose tests are counted. */
const QUICK = [
  { name: 'types', command: ['npx', 'tsc', '-p', '.'] },
  { name: 'types without a browser', command: ['npx', 'tsc', '-p', 'tsconfig.headless.json'] },
  { name: 'lint', command: ['npx', 'oxlint', '--quiet'] },
  { name: 'import table', command: ['npx', 'depcruise', '--config', '.dependency-cruiser.cjs', 'web', '--output-type', 'err'] },
  { name: 'unused code', command: ['npx', 'knip', '--no-progress'] },
  { name: 'unit tests', command: ['npx', 'vitest', 'run', '--reporter=dot', '--reporter=json', '--outputFile=.cache/vitest.json'], json: '.cache/vitest.json', count: countVitest },
];
const FULL = [
  ...QUICK,
  { name: 'labs, tapes, recordings', command: ['npx', 'vitest', 'run', '--config', 'e2e/vitest.config.ts', '--reporter=default', '--reporter=json', '--outputFile=.cache/e2e.json'], json: '.cache/e2e.json', count: countVitest },
  { name: 'site', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'single file', command: ['npm', 'run', '--silent', 'build:file'] },
  { name: 'bundle budget', command: ['node', 'web/cli/budget.mjs'] },
  { name: 'page in Chromium', command: ['npx', 'playwright', 'test', '-c', 'e2e/playwright.config.ts'], json: '.cache/playwright.json', count: countPlaywright },
];

function countVitest(report) {
  return { passed: report.numPassedTests, failed: report.numFailedTests + (report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0) };
}

function countPlaywright(report) {
  return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected };
}

function run(stage) {
  console.log(`\n== ${stage.name}`);
  if (stage.json !== undefined) rmSync(stage.json, { force: true });
  const started = Date.now();
  const { status } = spawnSync(stage.command[0], stage.command.slice(1), { stdio: 'inherit', env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' } });
  console.log(`== ${stage.name}: ${status === 0 ? 'ok' : 'failed'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (stage.json === undefined || !existsSync(stage.json)) return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  const counts = stage.count(JSON.parse(readFileSync(stage.json, 'utf8')));
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

mkdirSync('.cache', { recursive: true });
const full = process.argv.includes('--full');
console.log(`${full ? 'npm test' : 'npm run check'} on Node ${process.version}, ${cpus().length} cores`);
let passed = 0;
let failed = 0;
for (const stage of full ? FULL : QUICK) {
  const counts = run(stage);
  passed += counts.passed;
  failed += counts.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

// `npm test`: installs what is missing, generates types, then formatting, lint, types, synth, the benchmark for its errors and every suite. The last line says how
// many checks and tests passed, failed and were skipped. BROWSER_TESTS=skip leaves the browser tests out; without a Chromium, and without that, it fails.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { chromiumForTests } from './chromium.mjs';
import { install } from './install.mjs';

install();

const report = '.local/build/test-report.json';
const tool = (name, ...rest) => [`node_modules/.bin/${name}`, ...rest];
const generation = ['Generated types', tool('graphql-codegen', '--config', 'codegen.ts', '--silent')];
/** Those that take longest first: they run two at a time. */
const checks = [
  ['Lint', tool('eslint', '.', '--max-warnings', '0')],
  // Its times say nothing here: answers that are wrong are what fails it.
  ['Benchmark, for errors only', [process.execPath, 'bin/run.mjs', 'bench/bench.ts', '--quick']],
  ['Types', tool('tsc')],
  ['Synth with cdk-nag and template rules', [process.execPath, 'bin/run.mjs', 'infra/app.ts']],
  ['Formatting', tool('prettier', '--check', '--loglevel', 'warn', '.')],
  ['Types of the console', tool('tsc', '--project', 'apps/admin/tsconfig.json')],
  ['Types of resolvers', tool('tsc', '--project', 'resolvers/tsconfig.json')],
  ['Types of the apps', tool('tsc', '--project', 'apps/tsconfig.json')],
];
const totals = { passed: 0, failed: 0, skipped: 0 };
const environment = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

/** Runs one check and says how it ended; what it printed is worth reading only where it failed. */
async function check([name, [command, ...rest]]) {
  const startedAt = Date.now();
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  totals[status === 0 ? 'passed' : 'failed'] += 1;
  if (status !== 0) console.log(output);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}

await check(generation);
const waiting = [...checks];
const lane = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await check(next);
};
await Promise.all([lane(), lane()]);

const { browserTests, isMissing, why } = chromiumForTests();
if (why) console.log(why);
if (isMissing) totals.failed += 1;
mkdirSync('.local/build', { recursive: true });
rmSync(report, { force: true });
const arguments_ = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync('node_modules/.bin/vitest', arguments_, {
  stdio: 'inherit',
  env: { ...environment, BROWSER_TESTS: browserTests },
});
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  totals.passed += numPassedTests;
  // A file that could not even be loaded has no failed test of its own.
  totals.failed +=
    numFailedTests +
    testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  totals.skipped += numPendingTests + numTodoTests;
}
if (status !== 0 && totals.failed === 0) totals.failed += 1;

console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;

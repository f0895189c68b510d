import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { copyPartWithout } from './copy-project.ts';
import type { TestGuard } from './guard.ts';

/** What Vitest's JSON reporter writes, as far as it is read here. */
interface TestReport {
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  /** The test file's path. */
  readonly name: string;
  /** Why the file could not be run, where that is so. */
  readonly message: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages: readonly string[];
  }[];
}

/**
 * Runs each guard's test in a copy of the project without that guard, all of them in one Vitest. Answers why a test did not notice, in the
 * order of the guards; undefined where it did.
 */
export async function testsWithout(guards: readonly TestGuard[]): Promise<(string | undefined)[]> {
  mkdirSync('.local', { recursive: true });
  const folder = mkdtempSync(resolve('.local', 'guards-'));
  try {
    for (const [index, guard] of guards.entries()) copyPartWithout(guard, partOf(guard), join(folder, String(index)));
    const tests = guards.map(({ noticedBy }, index) => `${index}/${noticedBy.test}`);
    writeFileSync(join(folder, 'tests.json'), JSON.stringify(tests));
    const output = await runVitest(folder, guards);
    const path = join(folder, 'report.json');
    if (!existsSync(path)) throw new Error(`Vitest wrote no report:\n${output}`);
    const report = JSON.parse(readFileSync(path, 'utf8')) as TestReport;
    return guards.map((guard, index) => whyUnnoticed(guard, resultOf(report, join(folder, String(index)))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder of the project, but of the local cloud and of what the CDK app is made of one folder less. */
function partOf({ file, noticedBy }: TestGuard): string {
  if (noticedBy.part !== undefined) return noticedBy.part;
  const [first = '', second = '', third = ''] = file.split('/');
  if (first !== 'infra') return first;
  return second === 'local' ? `${first}/${second}/${third}` : `${first}/${second}`;
}

function runVitest(folder: string, guards: readonly TestGuard[]): Promise<string> {
  const names = [...new Set(guards.map(({ noticedBy }) => escapeRegExp(noticedBy.named)))];
  // Vitest sets variables for its workers, of which this process may be one: they would make the other think that it is one too.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const child = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config=test/proof/guards/vitest.config.ts',
      '--reporter=json',
      `--outputFile=${join(folder, 'report.json')}`,
      `--testNamePattern=^(?:${names.join('|')})$`,
    ],
    { env: { ...environment, GUARD_COPIES: folder }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', () => done(output));
  });
}

function resultOf({ testResults }: TestReport, folder: string): FileResult | undefined {
  return testResults.find(({ name }) => !relative(folder, name).startsWith('..'));
}

function whyUnnoticed({ noticedBy }: TestGuard, result: FileResult | undefined): string | undefined {
  const { test, named } = noticedBy;
  if (!result) return `${test} was not run`;
  const found = result.assertionResults.find(({ fullName }) => fullName === named);
  if (!found) return `${test} has no test "${named}"${result.message && `: ${result.message}`}`;
  if (found.status !== 'failed') return `${test}, "${named}", ${found.status}, expected it to fail`;
  const [message = ''] = found.failureMessages;
  if (isAssertion(message)) return undefined;
  return `${test}, "${named}", failed by something else than an assertion: ${message}`;
}

/** What `expect` throws is called so; where it waits for a rejection, it is an error with a trace that begins there. */
function isAssertion(message: string): boolean {
  return /^AssertionError|^Error: [^]*?\n {4}at _Assertion\.__VITEST_REJECTS__/.test(message);
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

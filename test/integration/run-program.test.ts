import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

let scratch: string;
let folder: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'cotenant-program-'));
  folder = join(scratch, 'project');
  await mkdir(folder);
  await write('said.ts', "export const said: string = 'first';");
  await write(
    'program.ts',
    "import { said } from './said.ts';\nconsole.log(said, process.argv[2], import.meta.dirname);",
  );
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

/** As if it had been saved a minute ago: a file that is saved while it is read is in no bundle that is kept. */
async function write(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text);
  await utimes(join(folder, name), new Date(), new Date(Date.now() - 60_000));
}

async function run(project = folder): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('bin/run.mjs'), 'program.ts', 'given'], {
    cwd: project,
  });
  return stdout.trim();
}

const bundles = async (): Promise<string[]> =>
  (await readdir(join(folder, '.local', 'build'))).filter((name) => !name.endsWith('.json'));

test('a bundle is used again until a file that it was made of changes', async () => {
  expect(await run()).toBe(`first given ${folder}`);
  const made = await bundles();
  expect(await run()).toBe(`first given ${folder}`);
  expect(await bundles()).toEqual(made);
  await write('said.ts', "export const said: string = 'second';");
  expect(await run()).toBe(`second given ${folder}`);
  expect(await bundles()).toHaveLength(2);
});

test('of several at once each runs, and one bundle is left', async () => {
  expect(new Set(await Promise.all(Array.from({ length: 4 }, () => run())))).toEqual(
    new Set([`first given ${folder}`]),
  );
  expect(await bundles()).toHaveLength(1);
});

test('a copy of the project has bundles of its own, and what nobody has used for a day goes', async () => {
  await run();
  const copy = join(scratch, 'copy');
  await cp(folder, copy, { recursive: true });
  expect(await run(copy)).toBe(`first given ${copy}`);
  const [old = ''] = await bundles();
  const longAgo = new Date(Date.now() - 2 * 24 * 60 * 60_000);
  await utimes(join(folder, '.local', 'build', old), longAgo, longAgo);
  await write('said.ts', "export const said: string = 'third';");
  expect(await run()).toBe(`third given ${folder}`);
  expect(await bundles()).not.toContain(old);
});

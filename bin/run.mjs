// Runs a TypeScript program of this project: `node bin/run.mjs infra/app.ts …`. The current folder is the project's.
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProgram } from './build-program.mjs';

/** Runs `program` with `arguments_` in this process, and answers what it exports. */
export async function run(program, arguments_) {
  const built = await buildProgram(program);
  process.argv.splice(1, process.argv.length, resolve(program), ...arguments_);
  process.setSourceMapsEnabled(true);
  return await import(pathToFileURL(built).href);
}

if (basename(process.argv[1] ?? '') === 'run.mjs') {
  const [program, ...rest] = process.argv.slice(2);
  if (program === undefined) {
    console.error('Usage: node bin/run.mjs PROGRAM.ts [ARGUMENT …]');
    process.exit(2);
  }
  await run(program, rest);
}

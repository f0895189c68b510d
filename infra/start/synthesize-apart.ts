import { spawn } from 'node:child_process';
import type { Part } from '../parts.ts';

/**
 * Synthesizes parts of the CDK app into these folders, in a process of its own: CDK takes some 400 MB, which are free again when it
 * ends. Each part's promise resolves as soon as that one is whole.
 */
export function synthesizeParts(
  projectFolder: string,
  folders: ReadonlyMap<Part, string>,
): ReadonlyMap<Part, Promise<void>> {
  if (folders.size === 0) return new Map();
  const arguments_ = [...folders].map(([part, folder]) => `${part}=${folder}`);
  const child = spawn(process.execPath, ['bin/run.mjs', 'infra/start/synthesize-parts.ts', ...arguments_], {
    cwd: projectFolder,
    env: { ...process.env, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const synthesis = (part: Part): Promise<void> =>
    new Promise((resolve, reject) => {
      child.on('message', (message) => {
        if (message === part) resolve();
      });
      child.once('error', reject);
      child.once('close', (code) =>
        reject(new Error(`The CDK app could not be synthesized; it ended with ${String(code)}:\n${output}`)),
      );
    });
  return new Map([...folders.keys()].map((part) => [part, synthesis(part)]));
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Environment } from '../../infra/local/service.ts';
import type { SdkSettings } from './inventory.ts';

export interface BareCloud {
  readonly settings: SdkSettings;
  /** SIGTERM, and waits for the end; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>;
}

/** The local cloud in a process of its own, with nothing deployed to it but what `folder` holds from before. */
export async function startBareCloud(folder: string): Promise<BareCloud> {
  const child = spawn(process.execPath, ['bin/run.mjs', 'test/support/bare-cloud.ts', '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: undefined },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const firstLine = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  const line = await Promise.race([firstLine, ended.then(() => undefined)]);
  if (line === undefined) throw new Error('The local cloud ended before it was ready');
  const { endpoint, region } = JSON.parse(line) as Environment;
  const end = (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    settings: { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What call-authorizer.ts is told. */
export interface AuthorizerRun {
  /** The function as it is deployed: one file. */
  readonly bundle: string;
  /** Where the local cloud answers for AWS's hosts, and whom to trust there. */
  readonly port: number;
  readonly certificateAuthority: string;
  readonly token: string;
  readonly apiId: string;
  /** After the first. */
  readonly calls: number;
}

/** Milliseconds a call. */
export interface WarmCalls {
  readonly cpu: number;
  readonly wall: number;
}

export interface Measured {
  /** Milliseconds from the start of the process to the first answer. */
  readonly cold: number;
  readonly warm?: WarmCalls;
}

/** Starts a process that loads the authorizer and calls it. @param environment - the function's, with keys of its role */
export async function runAuthorizer(
  program: string,
  run: AuthorizerRun,
  environment: Readonly<Record<string, string>>,
): Promise<Measured> {
  const from = performance.now();
  const child = spawn(process.execPath, [program], {
    env: { ...environment, AUTHORIZER_RUN: JSON.stringify(run) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let cold: number | undefined;
  let warm: WarmCalls | undefined;
  // What the function itself logs comes between.
  for await (const line of createInterface(child.stdout)) {
    if (line === 'first answer') cold = performance.now() - from;
    else if (line.startsWith('{"cpu"')) warm = JSON.parse(line) as WarmCalls;
  }
  const code = await ended;
  if (code !== 0 || cold === undefined) throw new Error(`The authorizer ended with ${code}: ${complaint}`);
  return { cold, ...(warm && { warm }) };
}

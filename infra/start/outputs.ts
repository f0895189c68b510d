import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface ApiOutputs {
  readonly apiId: string;
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
}

/** Where everything is. `endpoint` is what AWS_ENDPOINT_URL takes. */
export interface Outputs {
  readonly endpoint: string;
  readonly region: string;
  readonly inboxUrl: string;
  readonly controlPlane: ApiOutputs & { readonly apiKey: string };
  readonly pooled: ApiOutputs;
  readonly apps: Readonly<Record<string, string>>;
  readonly operator: { readonly email: string; readonly password: string };
  /** PEM of the authority that TLS answers on the same port chain to. */
  readonly certificateAuthority: string;
  readonly demo: readonly DemoLogin[];
}

export interface DemoLogin {
  readonly slug: string;
  readonly email: string;
  readonly password: string;
}

/** Picks an API's outputs from its stack's, or says which one is missing. */
export function apiOutputs(stack: string, outputs: Readonly<Record<string, string>>): ApiOutputs {
  const output = (name: string): string => {
    const value = outputs[name];
    if (value === undefined)
      throw new Error(`Stack ${stack} has no output ${name}; it has ${Object.keys(outputs).join(', ')}`);
    return value;
  };
  return {
    apiId: output('ApiId'),
    graphqlUrl: output('GraphqlUrl'),
    realtimeUrl: output('RealtimeUrl'),
    userPoolId: output('UserPoolId'),
    userPoolClientId: output('UserPoolClientId'),
  };
}

/** Whole or not at all, and for its owner's eyes: it holds passwords. */
export async function writeOutputs(file: string, outputs: Outputs): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(outputs, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

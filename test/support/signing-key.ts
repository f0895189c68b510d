import { createPrivateKey, type KeyObject } from 'node:crypto';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../infra/local/dynamodb/engine.ts';
import { callEngine } from '../../infra/local/dynamodb/engine-client.ts';
import { stateTable } from '../../infra/local/state/durable.ts';

/**
 * What a pool signs its access tokens with, out of a copy of a running cloud's files. Who has it may make any token; it is for those that a pool
 * did issue, but in a past for which no test can wait.
 */
export async function signingKeyOf({ folder }: { readonly folder: string }, userPoolId: string): Promise<KeyObject> {
  const copy = await mkdtemp(join(tmpdir(), 'cotenant-keys-'));
  try {
    const source = join(folder, 'dynamodb');
    for (const file of (await readdir(source)).filter((name) => name.startsWith('dynamodb.sqlite')))
      await copyFile(join(source, file), join(copy, file));
    const engine = await startEngine({ folder: copy });
    try {
      const { Item: item } = await callEngine(engine.endpoint, 'GetItem', {
        TableName: stateTable,
        Key: { collection: { S: 'cognito/signing-keys' }, id: { S: userPoolId } },
      });
      const { value } = item as unknown as { readonly value: { readonly S: string } };
      const { access } = JSON.parse(value.S) as { readonly access: { readonly pem: string } };
      return createPrivateKey(access.pem);
    } finally {
      await engine.stop();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

import { spawnSync } from 'node:child_process';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Cotenant } from '../../test/support/start-cotenant.ts';
import { median, type Row } from '../report/figures.ts';
import { findEngine } from '../shops/engine.ts';
import { findTables } from '../shops/tables.ts';

/** What the same call made on the machine on which the goals in seconds were set, a shared one of two processors, with the same engine on disk. */
const callsWhereGoalsWereSet = 1498;

/** What no line of ours has a part in, and what tells how quick this machine is beside others. */
export async function yardstickRows(
  { outputs, pid }: Cotenant,
  { processes, calls }: { readonly processes: number; readonly calls: number },
): Promise<Row[]> {
  const starts = Array.from({ length: processes }, () => {
    const from = performance.now();
    const { status } = spawnSync(process.execPath, ['-e', '0']);
    if (status !== 0) throw new Error(`An empty Node.js process ended with ${String(status)}`);
    return performance.now() - from;
  });
  const client = new DynamoDBClient({ endpoint: await findEngine(pid), region: outputs.region });
  const { tiers: TableName } = await findTables(outputs);
  // A small answer: reading a large one would be counted as the machine's slowness.
  const get = new GetItemCommand({ TableName, Key: { tier: { S: 'BASIC' } }, ProjectionExpression: 'tier' });
  const seconds: number[] = [];
  for (let call = -calls; call < calls; call += 1) {
    const from = performance.now();
    const { Item } = await client.send(get);
    if (!Item) throw new Error(`${TableName} lacks the tier BASIC`);
    // The first half lets the machine compile what it runs.
    if (call >= 0) seconds.push((performance.now() - from) / 1000);
  }
  client.destroy();
  const rate = calls / seconds.reduce((sum, each) => sum + each, 0);
  return [
    { name: 'For comparison: an empty Node.js process', figure: `${median(starts).toFixed(0)} ms (n ${processes})` },
    {
      name: 'For comparison: GetItem by the AWS SDK, straight to the engine, one after the other',
      figure: `${rate.toFixed(0)} a second (n ${calls}); ${callsWhereGoalsWereSet.toLocaleString(
        'en-US',
      )} on the machine on which the goals in seconds were set, which is ${(callsWhereGoalsWereSet / rate).toFixed(
        1,
      )} times as many`,
    },
  ];
}

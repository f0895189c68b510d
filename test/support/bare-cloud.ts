/** A program: the local cloud without anything deployed, for tests that deploy by themselves. Prints its environment when it is ready. */
import { parseArgs } from 'node:util';
import { startCloud } from '../../infra/local/cloud.ts';
import { stopOnSignal } from '../../infra/start/stop-on-signal.ts';

const { values } = parseArgs({ options: { folder: { type: 'string' } } });
if (values.folder === undefined) throw new Error('--folder FOLDER is missing: all state goes there');
const cloud = await startCloud({ folder: values.folder, port: 0, ephemeral: false });
stopOnSignal(() => cloud.stop());
process.stdout.write(`${JSON.stringify(cloud.environment)}\n`);

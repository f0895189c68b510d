import { table } from '../report/figures.ts';
import { realtimeRows } from './realtime-rows.ts';

process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';

const quick = process.argv.includes('--quick');
const options = quick
  ? { tenants: 4, connectionsOfTenant: 5, events: 20, calm: 500 }
  : { tenants: 100, connectionsOfTenant: 10, events: 1000, calm: 5000 };
process.stdout.write(table(await realtimeRows(options)));

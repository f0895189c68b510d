import { loadavg } from 'node:os';
import { startCotenant } from '../test/support/start-cotenant.ts';
import { gateCost } from './system/gate-cost.ts';
import { noisyNeighbour } from './system/noisy-neighbour.ts';
import { table } from './report/figures.ts';

process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';

/** What limits cost and what they keep from others, alone. */
const cotenant = await startCotenant();
try {
  const rows = [await gateCost(cotenant.outputs), ...(await noisyNeighbour(cotenant.outputs))];
  process.stdout.write(table(rows));
  process.stdout.write(
    `Load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}\n`,
  );
} finally {
  await cotenant.stop();
}

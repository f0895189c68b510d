import { rounded } from '../charts/bar-chart.ts';
import { figuresOf } from './figures.ts';
import type { Measured } from './measure.ts';
import { type Operation, operations } from './operations.ts';
import { pictureFile } from './requests-pictures.ts';
import type { Target } from './target.ts';

const introduction = `Each row is one server and one number of connections, each with one request at a time. **Cotenant** is the system as
\`npm start\` runs it, over HTTP: front door, authorizer, gate (one conditional write), resolver and engine. With the authorizer's answer kept,
as AppSync keeps it, its function is asked once a minute for each token; *asked each time* has a header that was never seen before in every
request. The peers authorize nobody and limit nobody, which is in their favour, and they read and write the same rows of the same table design
in the same engine through the AWS SDK. *The engine alone* gets what Cotenant asks of it, the gate's write and the field's own reads and writes, straight from
the load: nothing before that engine can be faster. It has one write for each gate; a field that finds its tenant's gate busy, as four of the five of a
dashboard do, costs ours a second one. All answers are compared with what they have to be, so an error is also what came quickly and wrong.

CPU is per request, in milliseconds: of the server (our host, or the peer), of the engine, and of the functions' process. The load comes from autocannon
in a process of its own, on the same machine. Tenants are asked in turn and may have 1,000 requests a second each, so that the gate counts and refuses nobody.`;

export function requestsText(measured: readonly Measured[], targets: readonly Target[]): string {
  const busiest = Math.max(0, ...measured.map(({ result: { loadCpu, seconds } }) => loadCpu / seconds));
  const parts = operations.map((operation) => tableOf(operation, measured, targets));
  return [introduction, ...parts, `The load itself took at most ${busiest.toFixed(2)} of a CPU.`].join('\n\n');
}

function tableOf(operation: Operation, measured: readonly Measured[], targets: readonly Target[]): string {
  const rows = measured
    .filter((one) => one.operation === operation.name)
    .map(({ target, connections, result }) => {
      const { rate, server, engine, functions } = figuresOf(result);
      const cells = [rate, result.p50, result.p99, server, engine, functions].map(rounded);
      return `| ${[target, connections, ...cells, result.errors].join(' | ')} |`;
    });
  const lacks = targets.flatMap(({ name, lacks }) => {
    const reason = lacks?.[operation.name];
    return reason === undefined ? [] : [`${name} is not here: ${reason}.`];
  });
  return [
    `### ${operation.title}`,
    '',
    `![Requests a second](${pictureFile(operation.name)})`,
    '',
    '| server | connections | requests a second | p50 ms | p99 ms | server CPU ms | engine CPU ms | functions CPU ms | errors |',
    `| --- ${'| ---: '.repeat(8)}|`,
    ...rows,
    ...(lacks.length > 0 ? ['', ...lacks] : []),
  ].join('\n');
}

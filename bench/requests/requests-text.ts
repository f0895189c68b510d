import { rounded } from '../charts/bar-chart.ts';
import { figuresOf } from './figures.ts';
import type { Extent } from './measure-all.ts';
import type { Measured } from './measure.ts';
import { type Operation, operations } from './operations.ts';
import { pictureFile } from './requests-pictures.ts';
import type { Target } from './target.ts';

const introduction = `Each row is one server and one number of connections, each with one request at a time. **Cotenant** is the system as
\`npm start\` runs it, over HTTP: front door, authorizer, gate (one conditional write), resolver and engine. With the authorizer's answer kept,
as AppSync keeps it, its function is asked once a minute for each token; *asked each time* has a header in every request that was not seen in the
minute before. All answers are compared with what they have to be, so an error is also what came quickly and wrong.

What is compared is not the same work:

- The peers authorize nobody and limit nobody, which is in their favour. They read and write the same rows of the same table design in the same
  engine through the AWS SDK.
- Cotenant publishes each order, and the product whose stock it took, to whoever listens: the tables' streams, a function, a mutation for each. That
  runs beside its orders and takes of the same processors (*functions CPU*). What the peers and the raw requests write is in copies of the tables whose
  streams nobody reads.
- *The engine alone* gets what Cotenant asks of it, the gate's write and the field's own reads and writes, straight from the load, one after the other.
  It tells what the engine takes of a request, and is no limit to all: a server that writes no gate asks less of the engine, and one that asks for the five fields
  of a dashboard at once waits for the slowest, where the raw requests wait for each. It has one write for each gate; a field that finds its
  tenant's gate busy, as four of the five of a dashboard do, costs ours a second one.
- *Node.js that hands on* gets the same requests of the engine in one request, sends them on one after the other, and does nothing else (\`bench/relay\`): what a server on
  Node.js costs before it does any work of its own.`;

const method = ({ rounds, warming }: Extent): string =>
  `Every server first answers the same ${warming} requests of each operation, then each is measured in ${rounds} short rounds. In a round all servers follow
upon each other, in another order each time. Requests a second are the median of the rounds, with the least and the most; milliseconds are of all rounds'
requests. CPU is per request, in milliseconds: of the server (our host, or the peer), of the engine, and of the functions' process. The load comes from
undici in a process of its own, on the same machine. Tenants are asked in turn and may have 1,000 requests a second each, so that the gate counts and refuses nobody.`;

export function requestsText(measured: readonly Measured[], targets: readonly Target[], extent: Extent): string {
  const all = measured.flatMap(({ rounds }) => rounds);
  const busiest = Math.max(0, ...all.map(({ loadCpu, seconds }) => loadCpu / seconds));
  const parts = operations.map((operation) => tableOf(operation, measured, targets));
  const load = `The load itself took at most ${busiest.toFixed(2)} of a CPU.`;
  return [introduction, method(extent), ...parts, load].join('\n\n');
}

function tableOf(operation: Operation, measured: readonly Measured[], targets: readonly Target[]): string {
  const rows = measured
    .filter((one) => one.operation === operation.name)
    .map(({ target, connections, rounds }) => {
      const { rate, rates, p50, p99, server, engine, functions, errors } = figuresOf(rounds);
      const range = rates.map(rounded).join(' to ');
      const cells = [p50, p99, server, engine, functions].map(rounded);
      return `| ${[target, connections, rounded(rate), range, ...cells, errors].join(' | ')} |`;
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
    '| server | connections | requests a second | of the rounds | p50 ms | p99 ms | server CPU ms | engine CPU ms | functions CPU ms | errors |',
    `| --- ${'| ---: '.repeat(9)}|`,
    ...rows,
    ...(lacks.length > 0 ? ['', ...lacks] : []),
  ].join('\n');
}

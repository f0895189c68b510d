import { createServer, type IncomingMessage, request as sendRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEngine } from '../../infra/local/dynamodb/engine.ts';
import { type EngineAnswer, type EngineRequest, isMetered, type Units, unitsOf } from './capacity.ts';

export interface EngineMeter {
  /** What `DYNAMODB_ENDPOINT` takes. */
  readonly endpoint: string;
  /** All units since the start, by table. */
  read(): Map<string, Units>;
  stop(): Promise<void>;
}

/** An engine in memory behind a server that asks it what each call consumes, and adds it up. */
export async function startEngineMeter(): Promise<EngineMeter> {
  const engine = await startEngine({ folder: null, variables: {} });
  const totals = new Map<string, Units>();
  const server = createServer((request, response) => {
    forward(engine.endpoint, request, response, (units) => {
      for (const [table, { reads, writes }] of units) {
        const total = totals.get(table) ?? { reads: 0, writes: 0 };
        totals.set(table, { reads: total.reads + reads, writes: total.writes + writes });
      }
    }).catch((fault: unknown) => response.destroy(fault instanceof Error ? fault : new Error(String(fault))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    read: () => new Map(totals),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.stop();
    },
  };
}

async function forward(
  endpoint: string,
  request: IncomingMessage,
  response: ServerResponse,
  onUnits: (units: Map<string, Units>) => void,
): Promise<void> {
  const body = await textOf(request);
  const target = String(request.headers['x-amz-target']);
  const operation = target.slice(target.indexOf('.') + 1);
  const metered = target.startsWith('DynamoDB_') && isMetered(operation);
  const sent = metered ? JSON.stringify({ ...(JSON.parse(body) as object), ReturnConsumedCapacity: 'TOTAL' }) : body;
  const { 'content-length': _length, ...headers } = request.headers;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sendRequest(endpoint, { method: 'POST', headers }, resolve).once('error', reject).end(sent);
  });
  const text = await textOf(answer);
  if (metered) onUnits(unitsOf(operation, JSON.parse(sent) as EngineRequest, JSON.parse(text) as EngineAnswer));
  const { 'content-length': _own, 'transfer-encoding': _encoding, ...answered } = answer.headers;
  response.writeHead(answer.statusCode ?? 500, answered).end(text);
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

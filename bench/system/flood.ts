/**
 * Sends requests at a rate, whatever comes back: `node bin/run.mjs bench/system/flood.ts URL RATE SECONDS`, with what AUTHORIZATION says as that
 * header. A process of its own, so that those who are measured beside it do not wait for it. Each line of its input begins a flood, and each
 * flood ends with a `Flooded` as a line of JSON.
 */
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Flooded } from './admission.ts';

interface Answer {
  readonly errors?: readonly { readonly errorType: string; readonly message: string }[];
}

const tick = 10;
/** A client that opened a connection for every request would measure connections. */
const mostUnanswered = 1000;

const [url = '', rate = '', length = ''] = process.argv.slice(2);
const { origin, pathname: path } = new URL(url);
const headers = { authorization: process.env['AUTHORIZATION'] ?? '', 'content-type': 'application/json' };
const body = JSON.stringify({ query: '{ product(id: "none") { id } }' });
// `fetch` takes more of the machine's time than the answer does.
const pool = new Pool(origin, { connections: mostUnanswered });

async function flood(): Promise<Flooded> {
  const from = performance.now();
  const elapsed = (): number => (performance.now() - from) / 1000;
  const counts = { sent: 0, admitted: 0, refused: 0 };
  let unanswered = 0;
  let firstAnswer = Infinity;
  const ask = async (): Promise<void> => {
    counts.sent += 1;
    unanswered += 1;
    const response = await pool.request({ path, method: 'POST', headers, body });
    const { errors = [] } = (await response.body.json()) as Answer;
    unanswered -= 1;
    firstAnswer = Math.min(firstAnswer, elapsed());
    const type = errors[0]?.errorType;
    if (type === undefined) counts.admitted += 1;
    else if (type === 'TooManyRequests') counts.refused += 1;
    else throw new Error(`The flood was answered ${type}: ${errors[0]?.message ?? ''}`);
  };
  const answers: Promise<void>[] = [];
  while (elapsed() < Number(length)) {
    const due = Math.floor(elapsed() * Number(rate));
    while (counts.sent < due && unanswered < mostUnanswered) answers.push(ask());
    await sleep(tick);
  }
  await Promise.all(answers);
  const seconds = elapsed();
  return { ...counts, seconds, answering: Math.max(0, seconds - firstAnswer) };
}

for await (const _ of createInterface(process.stdin)) process.stdout.write(`${JSON.stringify(await flood())}\n`);

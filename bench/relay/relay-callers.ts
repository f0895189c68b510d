import type { Caller, Journey } from '../load/job.ts';

/** The same requests of the engine, each journey's in one request of the relay; the last answer is judged, as the relay answers no other. */
export function relayCallers(callers: readonly Caller[]): Caller[] {
  return callers.map((caller) => ({ ...caller, journeys: caller.journeys.map(inOneRequest) }));
}

function inOneRequest({ steps }: Journey): Journey {
  const last = steps.at(-1);
  if (!last) throw new Error('A journey without steps asks for nothing');
  const body = JSON.stringify(steps.map(({ headers, body }) => ({ headers, body })));
  return { steps: [{ headers: { 'content-type': 'application/json' }, body, expected: last.expected }] };
}

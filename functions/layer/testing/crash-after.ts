/** As if Lambda had been killed; never caught by the code under test as anything else. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

interface Client {
  send(command: never): Promise<unknown>;
}

/**
 * Clients that work until `calls` of their calls, counted together, have been done, and then die: the last call took effect
 * and its answer never arrived.
 */
export function crashAfter(calls: number) {
  let left = calls;
  return <Wrapped extends Client>(client: Wrapped): Wrapped =>
    ({
      send: async (command: never) => {
        // Who was killed calls nobody any more.
        if (left <= 0) throw new Killed(`Killed after call ${calls}`);
        const answer = await client.send(command);
        left -= 1;
        if (left <= 0) throw new Killed(`Killed after call ${calls}`);
        return answer;
      },
    } as unknown as Wrapped);
}

import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { givenPool, startCognito, type CognitoUnderTest } from './start-cognito.ts';

export interface Place {
  readonly cognito: CognitoUnderTest;
  poolId: string;
  clientId: string;
}

/** For a suite: one running service, a pool and a client anew for each test, and no faults of the host's own. */
export function useCognito(): Place {
  let running: CognitoUnderTest | undefined;
  const place = {
    get cognito(): CognitoUnderTest {
      if (!running) throw new Error('The service runs only within tests');
      return running;
    },
    poolId: '',
    clientId: '',
  };
  beforeAll(async () => {
    running = await startCognito();
  });
  afterAll(() => running?.stop());
  beforeEach(async () => {
    Object.assign(place, await givenPool(place.cognito));
  });
  afterEach(() => expect(place.cognito.services.faults).toEqual([]));
  return place;
}

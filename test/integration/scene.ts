import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outputs } from '../../infra/start/outputs.ts';
import { faultsAmong } from '../support/faults.ts';
import { sdkSettings } from '../support/sdk.ts';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';

/** The running system, and what a client of AWS's SDK is configured with. */
export interface Scene {
  readonly outputs: Outputs;
  readonly settings: ReturnType<typeof sdkSettings>;
}

/** One running system for a file. Its last test is that the system has not complained. */
export function cotenantScene(checks: (scene: () => Scene) => void): void {
  let cotenant: Cotenant | undefined;
  const started = (): Cotenant => {
    if (!cotenant) throw new Error('The system has not started');
    return cotenant;
  };
  beforeAll(async () => {
    cotenant = await startCotenant();
  }, 120_000);
  afterAll(() => cotenant?.stop());

  checks(() => ({ outputs: started().outputs, settings: sdkSettings(started().outputs) }));

  test('after all that nothing in it broke', async () => {
    expect(faultsAmong(await started().logs())).toEqual([]);
    expect(started().output()).not.toMatch(/\n {4}at |Error|is started again/);
  });
}

import type { Outputs } from '../../infra/start/outputs.ts';
import { aRegistration, register, untilOnboarded } from '../../test/support/given.ts';
import { atMost, median, type Row } from '../report/figures.ts';
import { memoryAfterRestart, type Restartable } from './restartable.ts';

/** Milliseconds for which a registration is waited. */
const patience = 300_000;

export interface SiloSamples {
  /** Silos that are made one after the other. */
  readonly alone: number;
  /** Silos that register at the same moment. */
  readonly together: number;
  /** Milliseconds after which what a start does is over. */
  readonly calm: number;
}

/** Platinum companies, from registerTenant to ACTIVE, and what an idle silo adds to the memory of all processes. */
export async function siloRows(system: Restartable, { alone, together, calm }: SiloSamples): Promise<Row[]> {
  const seconds: number[] = [];
  for (let made = 0; made < alone; made += 1) seconds.push(await secondsOf(() => onboard(system.current().outputs)));
  const before = await memoryAfterRestart(system, calm);
  const { outputs } = system.current();
  const all = await secondsOf(() => Promise.all(Array.from({ length: together }, () => onboard(outputs))));
  const megabytes = ((await memoryAfterRestart(system, calm)) - before) / together / 1024 / 1024;
  return [
    {
      name: 'registerTenant to ACTIVE, platinum, alone',
      figure: `p50 ${median(seconds).toFixed(2)} s, slowest ${Math.max(...seconds).toFixed(2)} s (n ${alone})`,
      goal: atMost(6, median(seconds), ' s'),
    },
    {
      name: `${together} platinum registrations at once, till the last is ACTIVE`,
      figure: `${all.toFixed(1)} s`,
      goal: together === 20 ? atMost(60, all, ' s', 1) : undefined,
    },
    {
      name: `Memory that an idle silo adds to a system that has just been started (of ${together})`,
      // Less than nothing is garbage that one start kept and the other did not.
      figure: megabytes > 0 ? `${megabytes.toFixed(1)} MB` : 'less than what one start keeps more than another',
    },
  ];
}

async function onboard(outputs: Outputs): Promise<void> {
  const { registration, userErrors } = await register(outputs, aRegistration({ tier: 'PLATINUM' }));
  if (!registration) throw new Error(`Not registered: ${JSON.stringify(userErrors)}`);
  const { status, failure } = await untilOnboarded(outputs, registration.id, patience);
  if (status !== 'ACTIVE') throw new Error(`An onboarding ended ${status}: ${failure ?? ''}`);
}

async function secondsOf(task: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await task();
  return (performance.now() - from) / 1000;
}

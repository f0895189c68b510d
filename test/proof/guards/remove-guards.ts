import { type Guard, isGroupGuard, isTestGuard } from './guard.ts';
import { proveWithout } from './prove-without.ts';
import { testsWithout } from './tests-without.ts';

export interface RemovalReport {
  readonly removed: number;
  /** Of each guard whose absence nothing noticed, why not. */
  readonly unnoticed: readonly string[];
}

/** Takes every guard out, those that a test notices together and then those that the proof notices, one by one. */
export async function removeGuards(
  guards: readonly Guard[],
  onProgress: (line: string) => void,
): Promise<RemovalReport> {
  const byTest = guards.filter(isTestGuard);
  const byProof = guards.filter(isGroupGuard);
  onProgress(`taking out ${byTest.length} guards that a test notices, together`);
  const outcomes = await testsWithout(byTest);
  const unnoticed = byTest.flatMap(({ name }, index) => {
    const why = outcomes[index];
    return why === undefined ? [] : [`${name}: ${why}`];
  });
  for (const guard of byProof) {
    onProgress(`taking out ${guard.name}`);
    const findings = await proveWithout(guard);
    if (findings.length === 0) unnoticed.push(`${guard.name}: the proof found nothing`);
  }
  return { removed: guards.length, unnoticed };
}

/** `guards removed: 118 of 118 noticed` */
export function lineOfRemovals({ removed, unnoticed }: RemovalReport): string {
  return `guards removed: ${removed - unnoticed.length} of ${removed} noticed`;
}

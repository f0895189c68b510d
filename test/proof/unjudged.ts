import type { Deployment } from './clients.ts';

/** What the proof says nothing of, in this place: a report that is silent about it would promise too much. */
export function unjudgedIn({ endpoint }: Deployment): string[] {
  if (endpoint !== undefined) {
    return [
      'AWS itself: that AppSync, Cognito, DynamoDB and IAM do there what the local cloud does here. Prove a deployment by its outputs file.',
      'AWS WAF’s managed rules, which the local cloud takes and does not evaluate.',
    ];
  }
  return [
    'The ports of the local cloud: there are none, so AWS’s APIs were not asked without credentials.',
    'That all is alive afterwards and no fault was logged: the logs of a deployment are not read. Look at its alarms.',
    'Times below what the way to the region varies by: a difference of milliseconds is not seen from afar.',
    'Whoever has the account’s own credentials, as the proof itself has: it reads all tables to compare them.',
  ];
}

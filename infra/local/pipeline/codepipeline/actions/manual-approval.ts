import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from '../../../errors.ts';
import type { ActionProvider } from './provider.ts';

/** Seven days. Source: CodePipeline user guide, "Quotas in AWS CodePipeline". */
const defaultMinutes = 7 * 24 * 60;
/** What a timer takes at most. */
const longestSleep = 2 ** 31 - 1;

/** Source: CodePipeline user guide, "Manual approval action reference". */
export const approvalProvider: ActionProvider = {
  configuration: ['CustomData', 'ExternalEntityLink'],
  required: [],
  inputs: [0, 0],
  outputs: [0, 0],
  refuse: () => undefined,

  begin({ newId }) {
    const token = newId();
    // In parallel pipelines the external id is the token; the same one serves both ways.
    return { approvalToken: token, externalId: token };
  },

  async run({ declaration, record, signal, note, answer, dependencies: { clock } }) {
    const minutes = declaration.timeoutInMinutes ?? defaultMinutes;
    const remaining = record.startedAt + minutes * 60_000 - clock.now();
    const settled = new AbortController();
    const timer = { signal: AbortSignal.any([signal, settled.signal]), ref: false };
    const given = await Promise.race([
      answer(),
      sleep(Math.min(Math.max(remaining, 0), longestSleep), undefined, timer),
    ]);
    settled.abort();
    if (!given) throw new AwsError('JobTimedOut', `The approval was not given within ${minutes} minutes`);
    await note({ updatedBy: given.by, approvalToken: undefined, summary: given.summary });
    if (given.status === 'Rejected')
      throw new AwsError('ApprovalRejected', `Rejected by ${given.by}: ${given.summary}`);
    return { summary: given.summary };
  },
};

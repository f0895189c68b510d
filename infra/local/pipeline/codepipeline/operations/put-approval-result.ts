import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import type { Operation } from '../../../service.ts';
import type { Executor } from '../execution/executor.ts';
import type { ApprovalAnswer } from '../model.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, name } from './operation.ts';

const input = z.object({
  pipelineName: name,
  stageName: name,
  actionName: name,
  token: z.string().min(1).max(128),
  result: z.object({ summary: z.string().max(512), status: z.enum(['Approved', 'Rejected']) }),
});

/** The token tells which request for approval is meant; each is answered once. */
export function putApprovalResult(store: PipelineStore, executor: Executor): Operation {
  return codepipelineOperation(input, async (call, { pipelineName, stageName, actionName, token, result }) => {
    call.authorize('codepipeline:PutApprovalResult', store.arn(pipelineName, stageName, actionName));
    const { declaration } = store.pipelineOf(pipelineName);
    const stage = declaration.stages.find((one) => one.name === stageName);
    if (!stage) throw new AwsError('StageNotFoundException', `Pipeline ${pipelineName} has no stage ${stageName}`);
    if (!stage.actions.some((one) => one.name === actionName))
      throw new AwsError('ActionNotFoundException', `Stage ${stageName} has no action ${actionName}`);

    for (const execution of store.executionsOf(pipelineName)) {
      const asked = execution.actions.find(({ externalId }) => externalId === token);
      if (!asked || asked.stage !== stageName || asked.action !== actionName) continue;
      if (asked.status !== 'InProgress' || asked.answer)
        throw new AwsError(
          'ApprovalAlreadyCompletedException',
          'The approval action has already been approved or rejected.',
        );
      const answer: ApprovalAnswer = { ...result, by: call.principal.arn };
      await store.saveAction(execution.id, asked.id, { answer });
      executor.answered(asked.id, answer);
      return { approvedAt: new Date(store.clock.now()) };
    }
    throw new AwsError('InvalidApprovalTokenException', 'The token is that of no request for this approval.');
  });
}

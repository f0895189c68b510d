import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import type { Operation } from '../../../service.ts';
import type { Executor } from '../execution/executor.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, executionId, name } from './operation.ts';

const input = z.object({
  pipelineName: name,
  pipelineExecutionId: executionId,
  abandon: z.boolean().default(false),
  reason: z.string().max(200).optional(),
});

/** Lets running actions end and goes no further, or with `abandon` ends them too, their builds included. */
export function stopPipelineExecution(store: PipelineStore, executor: Executor): Operation {
  return codepipelineOperation(input, async (call, { pipelineName, pipelineExecutionId, abandon, reason }) => {
    call.authorize('codepipeline:StopPipelineExecution', store.arn(pipelineName));
    store.pipelineOf(pipelineName);
    const execution = store.executionOf(pipelineName, pipelineExecutionId);
    const { status, stop, entered } = execution;
    if (status !== 'InProgress' && status !== 'Stopping')
      throw new AwsError(
        'PipelineExecutionNotStoppableException',
        `The execution ${pipelineExecutionId} is ${status}: only one in progress can be stopped`,
      );
    if (status === 'Stopping' && (stop?.abandon === true || !abandon))
      throw new AwsError(
        'DuplicatedStopRequestException',
        `The execution ${pipelineExecutionId} is being stopped already`,
      );
    const stopping = { ...execution, status: 'Stopping' as const, stop: { abandon, reason }, statusSummary: reason };
    if (!entered) {
      await store.save({ ...stopping, status: 'Stopped' }, [
        { of: 'pipeline', state: 'STOPPING' },
        { of: 'pipeline', state: 'STOPPED' },
      ]);
    } else {
      await store.save(stopping, [{ of: 'pipeline', state: 'STOPPING' }]);
      if (abandon) executor.abandon(execution.id);
    }
    executor.advance(pipelineName);
    return { pipelineExecutionId };
  });
}

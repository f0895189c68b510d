import type { CodePipelineClient } from '@aws-sdk/client-codepipeline';

export interface FakePipeline {
  readonly client: Pick<CodePipelineClient, 'send'>;
  readonly executions: { readonly id: string; readonly token: string; readonly variables: Record<string, string> }[];
  readonly answers: { readonly stage: string; readonly status: string }[];
  /** The newest execution waits for the approval of this stage. */
  waitAt(stage: string): void;
  /** The newest execution has ended. */
  end(status: string): void;
  /** The name of the error that PutApprovalResult throws. */
  refusal: string | undefined;
}

interface Input {
  readonly clientRequestToken: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly pipelineExecutionId: string;
  readonly stageName: string;
  readonly result: { readonly status: string };
}

/** One pipeline in memory, for what the driver asks of CodePipeline. */
export function createFakePipeline(): FakePipeline {
  const statuses = new Map<string, string>();
  let waiting: string | undefined;
  const newest = () => fake.executions.at(-1)?.id ?? '';

  const operations: Record<string, (input: Input) => object> = {
    StartPipelineExecution: ({ clientRequestToken: token, variables }) => {
      const known = fake.executions.find((execution) => execution.token === token);
      if (known) return { pipelineExecutionId: known.id };
      const id = `execution-${fake.executions.length + 1}`;
      const values = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
      fake.executions.push({ id, token, variables: values });
      statuses.set(id, 'InProgress');
      return { pipelineExecutionId: id };
    },
    GetPipelineExecution: ({ pipelineExecutionId }) => ({
      pipelineExecution: { pipelineExecutionId, status: statuses.get(pipelineExecutionId) },
    }),
    GetPipelineState: () => ({
      stageStates: ['Source', 'CANARY', 'POOLED', 'EARLY', 'REST'].map((stageName) => ({
        stageName,
        latestExecution: { pipelineExecutionId: newest(), status: 'InProgress' },
        actionStates: [
          {
            actionName: 'Approve',
            latestExecution: stageName === waiting ? { status: 'InProgress', token: 'token' } : { status: 'Succeeded' },
          },
        ],
      })),
    }),
    PutApprovalResult: ({ stageName, result }) => {
      if (fake.refusal) throw Object.assign(new Error(fake.refusal), { name: fake.refusal });
      fake.answers.push({ stage: stageName, status: result.status });
      waiting = undefined;
      return {};
    },
  };

  const fake: FakePipeline = {
    executions: [],
    answers: [],
    refusal: undefined,
    waitAt: (stage) => (waiting = stage),
    end: (status) => void statuses.set(newest(), status),
    client: {
      send: async (command: { readonly input: Input }) => {
        const name = command.constructor.name.replace(/Command$/, '');
        const operation = operations[name];
        if (!operation) throw new Error(`The fake pipeline does not know ${name}`);
        return operation(command.input);
      },
    } as unknown as Pick<CodePipelineClient, 'send'>,
  };
  return fake;
}

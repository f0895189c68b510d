import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CodePipelineClient, PipelineExecutionNotFoundException } from '@aws-sdk/client-codepipeline';

interface Input {
  readonly clientRequestToken: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly pipelineExecutionId: string;
}

interface Execution {
  readonly token: string;
  readonly runId: string;
  status: string;
}

export interface FakeServices {
  readonly codepipeline: CodePipelineClient;
  readonly cloudformation: CloudFormationClient;
  /** By id. */
  readonly executions: Map<string, Execution>;
  /** The names of the stacks that there are. */
  stacks: string[];
  /** In what state they are, by name; CREATE_COMPLETE unless said. */
  readonly statuses: Map<string, string>;
  /** What release they were made of, by name; r1 unless said. */
  readonly releases: Map<string, string>;
  /** The name of an operation that fails. */
  fails: string | undefined;
}

/** One pipeline and the account's stacks, in memory, for what the reconciler asks of them. */
export function createFakeServices(): FakeServices {
  const operations: Record<string, (input: Input) => object> = {
    StartPipelineExecution: ({ clientRequestToken: token, variables }) => {
      const known = [...fake.executions].find(([, execution]) => execution.token === token);
      if (known) return { pipelineExecutionId: known[0] };
      const id = `execution-${fake.executions.size + 1}`;
      const runId = variables.find(({ name }) => name === 'RUN_ID')?.value ?? '';
      fake.executions.set(id, { token, runId, status: 'InProgress' });
      return { pipelineExecutionId: id };
    },
    GetPipelineExecution: ({ pipelineExecutionId }) => {
      const execution = fake.executions.get(pipelineExecutionId);
      if (!execution) throw new PipelineExecutionNotFoundException({ message: 'There is none.', $metadata: {} });
      const variables = [
        { name: 'RUN_ID', resolvedValue: execution.runId },
        { name: 'ATTEMPT', resolvedValue: '1' },
      ];
      return { pipelineExecution: { pipelineExecutionId, status: execution.status, variables } };
    },
    ListActionExecutions: () => ({ actionExecutionDetails: [] }),
    DescribeStacks: () => ({
      Stacks: fake.stacks.map((StackName) => ({
        StackName,
        StackStatus: fake.statuses.get(StackName) ?? 'CREATE_COMPLETE',
        Parameters: [{ ParameterKey: 'Release', ParameterValue: fake.releases.get(StackName) ?? 'r1' }],
      })),
    }),
  };
  const send = (command: { readonly input: Input }): Promise<object> => {
    const name = command.constructor.name.replace(/Command$/, '');
    if (fake.fails === name) return Promise.reject(new Error(`${name} is out of order`));
    const operation = operations[name];
    if (!operation) return Promise.reject(new Error(`The fake services do not know ${name}`));
    return new Promise((resolve) => resolve(operation(command.input)));
  };
  const fake: FakeServices = {
    codepipeline: Object.assign(new CodePipelineClient({ region: 'us-east-1' }), { send }),
    cloudformation: Object.assign(new CloudFormationClient({ region: 'us-east-1' }), { send }),
    executions: new Map(),
    stacks: [],
    statuses: new Map(),
    releases: new Map(),
    fails: undefined,
  };
  return fake;
}

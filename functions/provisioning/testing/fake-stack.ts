import {
  CloudFormationClient,
  type Stack,
  type StackEvent,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';

export interface FakeStack {
  readonly client: CloudFormationClient;
  /** Undefined: there is none. */
  stack: Stack | undefined;
  /** What every look at the stack answers; without it, what `stack` has. */
  outputs: Stack['Outputs'];
  events: StackEvent[];
  resources: StackResourceSummary[];
  /** `CreateStack`, `DeleteStack` …, in their order; looks are left out. */
  readonly calls: string[];
  /** What each of those calls was given. */
  readonly inputs: object[];
  /** What the stack becomes by a call, one status a look, the last one for good. */
  readonly becomes: Record<string, readonly string[]>;
  /** The message of the ValidationError that UpdateStack throws. */
  refusal: string | undefined;
}

interface Input {
  readonly StackName: string;
  readonly Parameters?: Stack['Parameters'];
}

/** One stack in memory, for what the steps of a run ask of CloudFormation. */
export function createFakeStack(): FakeStack {
  let coming: string[] = [];
  const invalid = (message: string) => Object.assign(new Error(message), { name: 'ValidationError' });
  const operations: Record<string, (input: Input) => object> = {
    DescribeStacks: ({ StackName }) => {
      const next = coming.shift();
      if (fake.stack && next !== undefined) fake.stack = { ...fake.stack, StackStatus: next as Stack['StackStatus'] };
      // One that is deleted is known by its id alone.
      const isThere = fake.stack && (fake.stack.StackStatus !== 'DELETE_COMPLETE' || fake.stack.StackId === StackName);
      if (!isThere) throw invalid(`Stack with id ${StackName} does not exist`);
      return { Stacks: [{ ...fake.stack, ...(fake.outputs && { Outputs: fake.outputs }) }] };
    },
    CreateStack: ({ StackName, Parameters }) => {
      fake.stack = { ...aStack('CREATE_IN_PROGRESS'), StackName, Parameters };
      return { StackId: fake.stack.StackId };
    },
    UpdateStack: ({ Parameters }) => {
      if (fake.refusal !== undefined) throw invalid(fake.refusal);
      fake.stack = { ...aStack('UPDATE_IN_PROGRESS'), Parameters };
      return { StackId: fake.stack.StackId };
    },
    DeleteStack: () => ({}),
    ContinueUpdateRollback: () => ({}),
    UpdateTerminationProtection: () => ({}),
    DescribeStackEvents: () => ({ StackEvents: fake.events }),
    ListStackResources: () => ({ StackResourceSummaries: fake.resources }),
  };
  const fake: FakeStack = {
    stack: undefined,
    outputs: undefined,
    events: [],
    resources: [],
    calls: [],
    inputs: [],
    becomes: {},
    refusal: undefined,
    // The SDK's paginators want a client of its own class.
    client: Object.assign(new CloudFormationClient({ region: 'us-east-1' }), {
      send: async (command: { readonly input: object }) => {
        const name = command.constructor.name.replace(/Command$/, '');
        const operation = operations[name];
        if (!operation) throw new Error(`The fake stack does not know ${name}`);
        if (!/^(Describe|List)/.test(name)) {
          fake.calls.push(name);
          fake.inputs.push(command.input);
        }
        const answer = operation(command.input as Input);
        if (fake.becomes[name]) coming = [...fake.becomes[name]];
        return answer;
      },
    }),
  };
  return fake;
}

export function aStack(StackStatus: Stack['StackStatus'], release = '1'): Stack {
  return {
    StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/cotenant-tenant-T1/1',
    StackName: 'cotenant-tenant-T1',
    CreationTime: new Date(0),
    StackStatus,
    Parameters: [{ ParameterKey: 'Release', ParameterValue: release }],
  };
}

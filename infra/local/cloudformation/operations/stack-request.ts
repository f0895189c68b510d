import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import type { Stack } from '../engine/model.ts';
import type { StackRequest } from '../engine/stack-runner.ts';
import { type ApiContext, listOf, requiredText, type StackInput } from './context.ts';
import { readTemplate, type TemplateInput } from './template-source.ts';

export interface StackRequestInput extends StackInput, TemplateInput {
  readonly Parameters?: readonly {
    readonly ParameterKey?: string;
    readonly ParameterValue?: string;
    readonly UsePreviousValue?: string;
  }[];
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly Capabilities?: readonly string[];
  readonly RoleARN?: string;
  readonly ClientRequestToken?: string;
  readonly OnFailure?: string;
  readonly DisableRollback?: string;
  readonly EnableTerminationProtection?: string;
  readonly UsePreviousTemplate?: string;
  readonly StackPolicyBody?: string;
  readonly StackPolicyURL?: string;
  readonly NotificationARNs?: readonly string[] | '';
  readonly ResourceTypes?: readonly string[] | '';
}

const onFailures = ['ROLLBACK', 'DELETE', 'DO_NOTHING'] as const;

/** What CreateStack, UpdateStack and CreateChangeSet have in common, decoded. */
export async function readStackRequest(
  api: ApiContext,
  call: Call,
  input: StackRequestInput,
  stack?: Stack,
): Promise<StackRequest> {
  for (const member of ['StackPolicyBody', 'StackPolicyURL', 'NotificationARNs', 'ResourceTypes'] as const) {
    if (input[member]) throw new AwsError('ValidationError', `${member} is not supported here`);
  }
  if (input.RoleARN)
    call.authorize('iam:PassRole', input.RoleARN, { 'iam:PassedToService': 'cloudformation.amazonaws.com' });
  const previous =
    input.UsePreviousTemplate === 'true' && stack ? await api.context.templateText(stack.source.template) : undefined;
  const templateText = previous ?? (await readTemplate(input, api.objects));
  if (templateText === undefined)
    throw new AwsError('ValidationError', 'Either Template URL or Template Body must be specified.');
  return {
    name: stack?.name ?? requiredText('StackName', input.StackName),
    templateText,
    parameters: readParameters(input, stack),
    tags:
      input.Tags === undefined && stack
        ? stack.source.tags
        : Object.fromEntries(listOf(input.Tags).map(({ Key = '', Value = '' }) => [Key, Value])),
    capabilities: listOf(input.Capabilities),
    roleArn: input.RoleARN,
    clientRequestToken: input.ClientRequestToken,
    onFailure: readOnFailure(input),
    terminationProtection: input.EnableTerminationProtection === 'true',
  };
}

function readParameters({ Parameters }: StackRequestInput, stack: Stack | undefined): Record<string, string> {
  return Object.fromEntries(
    listOf(Parameters).flatMap(
      ({ ParameterKey: key = '', ParameterValue: value, UsePreviousValue: usePrevious }): [string, string][] => {
        if (usePrevious !== 'true') return [[key, value ?? '']];
        const previous = stack?.source.parameters[key];
        return previous === undefined ? [] : [[key, previous]];
      },
    ),
  );
}

function readOnFailure({ OnFailure, DisableRollback }: StackRequestInput): StackRequest['onFailure'] {
  if (OnFailure !== undefined && DisableRollback !== undefined) {
    throw new AwsError('ValidationError', 'You can specify either DisableRollback or OnFailure, but not both.');
  }
  if (DisableRollback === 'true') return 'DO_NOTHING';
  const wanted = onFailures.find((value) => value === (OnFailure ?? 'ROLLBACK'));
  if (!wanted)
    throw new AwsError('ValidationError', `OnFailure is ${OnFailure ?? ''}, expected one of ${onFailures.join(', ')}`);
  return wanted;
}

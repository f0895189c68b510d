import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import type { Template } from '../template/model.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { ChangeSet } from './change-set.ts';
import { findChangeSet } from './change-sets.ts';
import { type ApiContext, authorizedStack, type StackInput } from './context.ts';
import { readTemplate, type TemplateInput } from './template-source.ts';

/** Operations on templates. */
export function templateOperations(api: ApiContext): Record<string, Operation> {
  const { context, objects } = api;

  const given = async (call: Call, action: string, input: StackInput & TemplateInput): Promise<string> => {
    if (input.StackName) {
      const stack = authorizedStack(api, call, action, input.StackName);
      return context.templateText(stack.source.template);
    }
    call.authorize(`cloudformation:${action}`, '*');
    const text = await readTemplate(input, objects);
    if (text === undefined)
      throw new AwsError('ValidationError', 'Either Template URL or Template Body must be specified.');
    return text;
  };

  return {
    async GetTemplate(call: Call, input: StackInput & { readonly ChangeSetName?: string }) {
      const changeSet: ChangeSet | undefined = input.ChangeSetName
        ? findChangeSet(api, call, 'GetTemplate', input)
        : undefined;
      const source = changeSet?.source ?? authorizedStack(api, call, 'GetTemplate', input.StackName).source;
      return { TemplateBody: await context.templateText(source.template), StagesAvailable: ['Original', 'Processed'] };
    },

    async GetTemplateSummary(call: Call, input: StackInput & TemplateInput) {
      const template = parseTemplate(await given(call, 'GetTemplateSummary', input));
      return {
        ...describeTemplate(template),
        ResourceTypes: [...new Set(Object.values(template.resources).map(({ type }) => type))],
        Version: '2010-09-09',
        Metadata: JSON.stringify(template.metadata),
      };
    },

    async ValidateTemplate(call: Call, input: TemplateInput) {
      return describeTemplate(parseTemplate(await given(call, 'ValidateTemplate', input)));
    },
  };
}

function describeTemplate(template: Template) {
  const needsCapability = Object.values(template.resources).some(({ type }) => type.startsWith('AWS::IAM::'));
  return {
    Description: template.description,
    Parameters: Object.entries(template.parameters).map(([ParameterKey, parameter]) => ({
      ParameterKey,
      ParameterType: parameter.Type,
      DefaultValue: parameter.Default === undefined ? undefined : String(parameter.Default),
      NoEcho: String(parameter.NoEcho) === 'true',
      Description: parameter.Description,
    })),
    Capabilities: needsCapability ? ['CAPABILITY_NAMED_IAM'] : undefined,
  };
}

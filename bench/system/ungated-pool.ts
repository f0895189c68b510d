import {
  type CloudFormationClient,
  GetTemplateCommand,
  UpdateStackCommand,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { publishTemplate, type Template } from '../../test/support/templates.ts';
import type { SdkSettings } from '../../test/support/inventory.ts';

const StackName = 'cotenant-pooled';

/** The template that the pool has, and the same with the gate left out before one field. */
export interface PoolTemplates {
  readonly gated: Template;
  readonly ungated: Template;
}

export async function poolTemplates(client: CloudFormationClient, fieldName: string): Promise<PoolTemplates> {
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
  const gated = JSON.parse(TemplateBody) as Template;
  return { gated, ungated: withoutGate(gated, fieldName) };
}

/** Updates the pool's stack from its template's copy in S3; its parameters stay as they are. */
export async function updatePool(
  client: CloudFormationClient,
  settings: SdkSettings,
  name: string,
  template: Template,
): Promise<void> {
  const TemplateURL = await publishTemplate(settings, `bench/${name}`, template);
  const Parameters = Object.keys(template['Parameters'] ?? {}).map((ParameterKey) => ({
    ParameterKey,
    UsePreviousValue: true,
  }));
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  await client.send(new UpdateStackCommand({ StackName, TemplateURL, Parameters, Capabilities }));
  await waitUntilStackUpdateComplete({ client, maxWaitTime: 120, minDelay: 1, maxDelay: 1 }, { StackName });
}

/** @throws if the field has no gate to leave out */
export function withoutGate(template: Template, fieldName: string): Template {
  const [id, resolver] =
    Object.entries(template.Resources).find(
      ([, { Type, Properties }]) => Type === 'AWS::AppSync::Resolver' && Properties?.['FieldName'] === fieldName,
    ) ?? [];
  const { Functions = [] } = (resolver?.Properties?.['PipelineConfig'] ?? {}) as {
    readonly Functions?: { readonly 'Fn::GetAtt': readonly [string, string] }[];
  };
  const rest = Functions.filter(({ 'Fn::GetAtt': [name] }) => !name.startsWith('ApplicationResolversStepsgate'));
  if (id === undefined || !resolver || rest.length === Functions.length)
    throw new Error(`Field ${fieldName} has ${Functions.length} steps and no gate among them, expected one`);
  const Properties = { ...resolver.Properties, PipelineConfig: { Functions: rest } };
  return { ...template, Resources: { ...template.Resources, [id]: { ...resolver, Properties } } };
}

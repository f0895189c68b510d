import type { Stack } from '@aws-sdk/client-cloudformation';
import type { StackFacts, StackMappingItem } from '../layer/registry.ts';
import type { Finding } from './dependencies.ts';

/** Where clients are sent, by the stack's own outputs. */
const outputOf = {
  apiId: 'ApiId',
  graphqlUrl: 'GraphqlUrl',
  realtimeUrl: 'RealtimeUrl',
  userPoolId: 'UserPoolId',
  userPoolClientId: 'UserPoolClientId',
} as const satisfies Partial<Record<keyof StackFacts, string>>;

/**
 * A stack that runs another release than its row says, or is elsewhere: somebody has updated it past the pipeline, or has written the
 * row. Routing, sign-in and rollouts go by the row.
 */
export function stackDiffers(row: StackMappingItem, { StackName = '', ...stack }: Stack): Finding | undefined {
  const release = stack.Parameters?.find(({ ParameterKey }) => ParameterKey === 'Release')?.ParameterValue;
  const outputs = new Map(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const compared = [
    { name: 'release', ofRow: row.release, ofStack: release },
    ...(Object.keys(outputOf) as (keyof typeof outputOf)[]).map((name) => ({
      name,
      ofRow: row[name],
      ofStack: outputs.get(outputOf[name]),
    })),
  ];
  const differing = compared.filter(({ ofRow, ofStack }) => ofRow !== ofStack);
  if (differing.length === 0) return undefined;
  const { tenantId } = row;
  const differences = differing.map(
    ({ name, ofRow, ofStack }) => `${name} ${ofRow ?? 'none'}, not ${ofStack ?? 'none'}`,
  );
  return {
    kind: 'STACK_DIFFERS',
    subject: `${tenantId}-${differing.map(({ name }) => name).join('-')}`,
    tenantId,
    message: `Stack ${StackName} is not as its row in TenantStackMapping says, and no run has it: ${differences.join(
      '; ',
    )}. Look who changed one of them, then start a rollout of the release that it should run.`,
    isMended: false,
  };
}

import type { Environment, ResourceProvider } from '../../service.ts';

/** AWS::CDK::Metadata: says which constructs a template was made from, and makes nothing. */
export function cdkMetadataProvider(): ResourceProvider {
  return {
    type: 'AWS::CDK::Metadata',
    properties: ['Analytics', 'Modules'],
    replacedBy: [],
    create: async ({ token }) => ({ physicalId: token, attributes: {} }),
    update: async ({ physicalId }) => ({ physicalId, attributes: {} }),
    delete: async () => undefined,
  };
}

/** AWS::CloudFormation::WaitConditionHandle: CDK uses it as a resource that does nothing. */
export function waitConditionHandleProvider({ endpoint }: Environment): ResourceProvider {
  return {
    type: 'AWS::CloudFormation::WaitConditionHandle',
    properties: [],
    replacedBy: [],
    create: async ({ token }) => ({
      physicalId: `${endpoint}/cloudformation-wait-conditions/${token}`,
      attributes: {},
    }),
    update: async ({ physicalId }) => ({ physicalId, attributes: {} }),
    delete: async () => undefined,
  };
}

import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { pipelines } from '../../resolvers/application/pipelines.ts';
import { applicationPermissions } from '../../schema/permissions.ts';
import { chooseIntrospection, findIntrospection } from './introspection.ts';
import { PlaneApi } from './plane-api.ts';

const parameterName = '/cotenant/control-plane/tenant-introspection';

test('what the control plane’s parameter says is found in Parameter Store', () => {
  const stack = new Stack();
  chooseIntrospection(stack);
  const template = Template.fromStack(stack);
  template.hasParameter('TenantIntrospection', { Default: 'ENABLED', AllowedValues: ['ENABLED', 'DISABLED'] });
  template.hasResourceProperties('AWS::SSM::Parameter', { Name: parameterName, Value: { Ref: 'TenantIntrospection' } });
});

test('a tenant’s API answers introspection as it is found there', () => {
  const stack = new Stack();
  const sources = Object.values(pipelines).flatMap((steps) => steps.map(({ dataSource }) => dataSource));
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:authorizer';
  new PlaneApi(stack, 'Application', {
    plane: 'application',
    name: 'api',
    authorizer: LambdaFunction.fromFunctionArn(stack, 'Authorizer', functionArn),
    webAclArn: 'arn:aws:wafv2:us-east-1:000000000000:regional/webacl/acl/1',
    introspection: findIntrospection(stack),
    pipelines,
    permissions: applicationPermissions,
    guards: [],
    dataSources: Object.fromEntries(sources.map((name) => [name, { kind: 'none' }])),
    environment: {},
  });
  const template = Template.fromStack(stack);
  const [[found] = []] = Object.entries(template.findParameters('*', { Default: parameterName }));
  expect(found).toBeDefined();
  template.hasResourceProperties('AWS::AppSync::GraphQLApi', { IntrospectionConfig: { Ref: found } });
});

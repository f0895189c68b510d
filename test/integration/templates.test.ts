import { beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../infra/local/service.ts';
import { synthesizedTemplates, type Template, tenantTemplate } from '../support/templates.ts';

/** By stack, with the one of which there is an instance a silo. */
let templates: Record<string, Template>;
beforeAll(async () => {
  templates = { ...(await synthesizedTemplates()), tenant: await tenantTemplate({ region: 'us-east-1' }) };
}, 180_000);

interface Found {
  readonly where: string;
  readonly type: string;
  readonly properties: JsonObject;
}

const resources = (): Found[] =>
  Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(([id, { Type: type, Properties: properties = {} }]) => ({
      where: `${stack}/${id}`,
      type,
      properties,
    })),
  );

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];
const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && name in value ? (value as JsonObject)[name] : undefined;

/** What the roles of all templates are allowed, `<stack>/<policy> <action>` each. */
function allowed(): string[] {
  return resources()
    .filter(({ type }) => /^AWS::IAM::(Policy|ManagedPolicy|Role)$/.test(type))
    .flatMap(({ where, properties }) => {
      const inline = listOf(properties['Policies']).map((policy) => memberOf(policy, 'PolicyDocument'));
      const statements = [properties['PolicyDocument'], ...inline].flatMap((document) =>
        listOf(memberOf(document, 'Statement')),
      );
      return statements
        .filter((statement) => memberOf(statement, 'Effect') === 'Allow')
        .flatMap((statement) => [
          ...listOf(memberOf(statement, 'Action')),
          ...listOf(memberOf(statement, 'NotAction')).map((action) => `all but ${String(action)}`),
        ])
        .map((action) => `${where} ${String(action)}`);
    });
}

describe('what the roles of the synthesized templates may do', () => {
  test('is a list of actions, each by its whole name', () => {
    expect(allowed().length).toBeGreaterThan(200);
    expect(allowed().filter((line) => !/^\S+ [a-z0-9-]+:[A-Za-z]+$/.test(line))).toEqual([]);
  });

  test('is never to scan a table', () => {
    expect(allowed().filter((line) => line.includes('dynamodb:')).length).toBeGreaterThan(100);
    expect(allowed().filter((line) => /dynamodb:(Scan|PartiQL\w*|ExportTable\w*)/i.test(line))).toEqual([]);
  });

  test('is never what a managed policy of AWS allows', () => {
    const managed = resources().filter(({ properties }) => listOf(properties['ManagedPolicyArns']).length > 0);
    expect(managed.map(({ where }) => where)).toEqual([]);
  });
});

/** What names the role that something acts in, by resource type. */
const roleMembers: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Role',
  'AWS::AppSync::DataSource': 'ServiceRoleArn',
  'AWS::CodeBuild::Project': 'ServiceRole',
  'AWS::CodePipeline::Pipeline': 'RoleArn',
};

test('each function, data source, build and pipeline has a role that nothing else has', () => {
  const actors = resources().flatMap(({ where, type, properties }) => {
    const member = roleMembers[type];
    if (member === undefined || properties['Type'] === 'NONE') return [];
    return [{ where, stack: where.split('/')[0], role: properties[member] }];
  });
  expect(new Set(actors.map(({ where }) => where)).size).toBeGreaterThan(40);
  expect(actors.filter(({ role }) => role === undefined)).toEqual([]);
  const roles = actors.map(({ stack, role }) => `${stack} ${JSON.stringify(role)}`);
  expect(roles.filter((role, place) => roles.indexOf(role) !== place)).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../service.ts';
import { environmentOf } from '../testing/fake-cloud.ts';
import { parseTemplate } from './parse-template.ts';
import { compileProgram, type KnownResource } from './program.ts';

const store = new Map([
  ['/version', '30'],
  ['/list', 'x,y'],
]);
const known = (name: string): KnownResource | undefined =>
  name === 'Other'
    ? {
        physicalId: 'other-id',
        type: 'T',
        attributes: { Arn: 'arn:other', 'Endpoint.Port': 5432, Nested: { Key: 'deep' }, List: ['p', 'q'] },
      }
    : undefined;

function compile(template: string | object, parameters: Record<string, string> = {}) {
  return compileProgram(parseTemplate(typeof template === 'string' ? template : JSON.stringify(template)), parameters, {
    stackName: 'Stack',
    stackId: 'arn:stack',
    environment: environmentOf('http://localhost:1'),
    store,
    findExport: (name) => (name === 'shared-One' ? 'imported' : undefined),
  });
}

const resources = (value: Json, more: JsonObject = {}): JsonObject => ({
  Resources: { Mine: { Type: 'T', Properties: { Value: value } }, Other: { Type: 'T' } },
  Parameters: {
    Text: { Type: 'String', Default: 'text' },
    Count: { Type: 'Number', Default: 3 },
    Names: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/list' },
  },
  Mappings: { Regions: { 'us-east-1': { size: 'large', zones: ['1', '2'] } } },
  Conditions: { Yes: { 'Fn::Equals': [{ Ref: 'Text' }, 'text'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
  ...more,
});
const resolve = (value: Json, parameters: Record<string, string> = {}): Json | undefined =>
  compile(resources(value), parameters).properties('Mine', known)['Value'];

const ref = (name: string): JsonObject => ({ Ref: name });

describe('intrinsic functions', () => {
  test.each<[string, Json, Json | undefined]>([
    ['Ref of a parameter', ref('Text'), 'text'],
    ['Ref of a number is text, as on AWS', ref('Count'), '3'],
    ['Ref of a list', ref('Names'), ['a', 'b', 'c']],
    ['Ref of an SSM parameter', ref('Version'), '30'],
    ['Ref of an SSM list', ref('Stored'), ['x', 'y']],
    ['Ref of a resource', ref('Other'), 'other-id'],
    [
      'pseudo parameters',
      ['AccountId', 'Region', 'Partition', 'URLSuffix', 'StackName', 'StackId'].map((name) => ref(`AWS::${name}`)),
      ['000000000000', 'us-east-1', 'aws', 'amazonaws.com', 'Stack', 'arn:stack'],
    ],
    [
      'AWS::NoValue takes its member away',
      { a: ref('AWS::NoValue'), b: [1, ref('AWS::NoValue'), [2]] },
      { b: [1, [2]] },
    ],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Other', 'Arn'] }, 'arn:other'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Other.Endpoint.Port' }, 5432],
    ['Fn::GetAtt into an attribute', { 'Fn::GetAtt': ['Other', 'Nested.Key'] }, 'deep'],
    [
      'Fn::Sub',
      { 'Fn::Sub': '${Text}-${Other}-${Other.Arn}-${AWS::Region}-${!Text}-${Other.Endpoint.Port}' },
      'text-other-id-arn:other-us-east-1-${Text}-5432',
    ],
    [
      'Fn::Sub with names',
      { 'Fn::Sub': ['${a}/${Text}', { a: { 'Fn::GetAtt': ['Other', 'Arn'] } }] },
      'arn:other/text',
    ],
    [
      'Fn::Sub leaves what is escaped, whatever it says',
      { 'Fn::Sub': '${!event["detail-type"]} ${!a:-b} ${ Text } $HOME ${' },
      '${event["detail-type"]} ${a:-b} text $HOME ${',
    ],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', ref('Text'), 1, true]] }, 'a-text-1-true'],
    ['Fn::Join of a list', { 'Fn::Join': ['|', ref('Names')] }, 'a|b|c'],
    ['Fn::Select', { 'Fn::Select': ['1', ref('Names')] }, 'b'],
    ['Fn::Select of an attribute', { 'Fn::Select': [0, { 'Fn::GetAtt': ['Other', 'List'] }] }, 'p'],
    ['Fn::Split', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Other', 'Arn'] }] }, ['arn', 'other']],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    ['Fn::If', { 'Fn::If': ['Yes', 'then', { 'Fn::GetAtt': ['Nowhere', 'Arn'] }] }, 'then'],
    ['Fn::If with no value', { a: { 'Fn::If': ['No', 1, ref('AWS::NoValue')] } }, {}],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Regions', ref('AWS::Region'), 'size'] }, 'large'],
    [
      'Fn::FindInMap with a default',
      { 'Fn::FindInMap': ['Regions', 'mars', 'size', { DefaultValue: 'none' }] },
      'none',
    ],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'shared-${One}' } }, undefined],
    ['Fn::Base64', { 'Fn::Base64': ref('Text') }, 'dGV4dA=='],
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    ['Fn::Length', { 'Fn::Length': ref('Names') }, 3],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: ref('Text'), b: [ref('AWS::NoValue')] } }, '{"a":"text","b":[]}'],
    [
      'a condition as a value',
      { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['1', 1] }] }] },
      true,
    ],
    ['a dynamic reference', 'v{{resolve:ssm:/version}}!', 'v30!'],
  ])('%s', (name, value, expected) => {
    if (name === 'Fn::ImportValue') expect(resolve({ 'Fn::ImportValue': 'shared-One' })).toBe('imported');
    else expect(resolve(value)).toEqual(expected);
  });

  test.each<[string, Json, string]>([
    ['an unknown function', { 'Fn::Nonsense': 1 }, 'the function Fn::Nonsense is not supported here'],
    ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/8', 1, 8] }, 'the function Fn::Cidr is not supported here'],
    ['a name in Fn::Sub that cannot be one', { 'Fn::Sub': '${Text} ${a-b}' }, 'and colons: ${a-b}; ${!a-b} stands for'],
    ['no name in Fn::Sub', { 'Fn::Sub': '${}' }, 'must contain only alphanumeric characters'],
    [
      'a missing attribute',
      { 'Fn::GetAtt': ['Other', 'Nothing'] },
      'the resource Other (T) has no attribute Nothing in Fn::GetAtt',
    ],
    ['an inherited attribute', { 'Fn::GetAtt': ['Other', 'constructor'] }, 'has no attribute constructor'],
    [
      'an index beyond the list',
      { 'Fn::Select': [9, ref('Names')] },
      'Fn::Select cannot select nonexistent value at index 9',
    ],
    [
      'an object in a text',
      { 'Fn::Join': ['', [{ a: 1 }]] },
      'Fn::Join got {"a":1}, expected a string, a number or a boolean',
    ],
    [
      'a mapping without the key',
      { 'Fn::FindInMap': ['Regions', 'mars', 'size'] },
      'Unable to get mapping for Regions::mars::size',
    ],
    ['a missing import', { 'Fn::ImportValue': 'nothing' }, 'No export named nothing found.'],
    ['another store', '{{resolve:secretsmanager:x}}', 'dynamic references to secretsmanager are not supported here'],
    ['an unknown condition', { 'Fn::If': ['Maybe', 1, 2] }, 'Unresolved condition dependency Maybe'],
    ['an unknown pseudo parameter', ref('AWS::Nothing'), 'the pseudo parameter AWS::Nothing does not exist'],
  ])('%s is an error', (_, value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});

describe('parameters', () => {
  const declare = (declaration: JsonObject, given?: string) => () =>
    compile(
      { Resources: { A: { Type: 'T' } }, Parameters: { P: declaration } },
      given === undefined ? {} : { P: given },
    ).parameters['P']?.value;

  test.each<[string, JsonObject, string | undefined, string]>([
    ['no value', { Type: 'String' }, undefined, 'Parameters: [P] must have values'],
    ['not allowed', { Type: 'String', AllowedValues: ['a', 'b'] }, 'c', 'Member must satisfy enum value set: [a, b]'],
    [
      'no match',
      { Type: 'String', AllowedPattern: '[a-z]+' },
      'a1',
      'Member must satisfy regular expression pattern: [a-z]+',
    ],
    [
      'told in own words',
      { Type: 'String', AllowedPattern: '[a-z]+', ConstraintDescription: 'letters only' },
      'a1',
      'letters only',
    ],
    ['too short', { Type: 'String', MinLength: 2 }, 'a', 'length greater than or equal to 2'],
    ['too large', { Type: 'Number', MaxValue: '5' }, '6', 'less than or equal to 5'],
    ['no number', { Type: 'Number' }, 'six', 'must be a number'],
    ['one of a list that is none', { Type: 'List<Number>' }, '1,x', 'must be a number'],
    [
      'a type that is not here',
      { Type: 'AWS::EC2::VPC::Id' },
      'x',
      'the type AWS::EC2::VPC::Id, which is not supported here',
    ],
    ['not in the store', { Type: 'AWS::SSM::Parameter::Value<String>' }, '/none', 'Unable to fetch parameters [/none]'],
  ])('%s', (_, declaration, given, message) => {
    expect(declare(declaration, given)).toThrow(message);
  });

  test('that the template does not have are refused', () => {
    expect(() => compile({ Resources: { A: { Type: 'T' } } }, { Stray: '1' })).toThrow(
      'Parameters: [Stray] do not exist in the template',
    );
  });
});

test('rules hold or are told', () => {
  const check = (version: string) => ({
    Resources: { A: { Type: 'T' } },
    Parameters: { BootstrapVersion: { Type: 'String', Default: version } },
    Rules: {
      CheckBootstrapVersion: {
        Assertions: [
          {
            Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3'], { Ref: 'BootstrapVersion' }] }] },
            AssertDescription: 'Version 4 or later, please',
          },
        ],
      },
    },
  });
  compile(check('30'));
  expect(() => compile(check('3'))).toThrow('Version 4 or later, please');
});

test('resources and outputs whose condition does not hold are not there', () => {
  const program = compile(
    resources('x', {
      Resources: {
        Mine: { Type: 'T', Condition: 'No' },
        Other: { Type: 'T', DependsOn: ['Mine'], Condition: 'Yes' },
      },
      Outputs: {
        A: { Value: ref('Mine'), Condition: 'No' },
        B: { Value: { 'Fn::Sub': '${Other}!' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-b' } } },
      },
    }),
  );
  expect([...program.resources.keys()]).toEqual(['Other']);
  expect(program.outputs(known)).toEqual([
    { key: 'B', value: 'other-id!', exportName: 'Stack-b', description: undefined },
  ]);
});

test('YAML with short forms is the same as JSON', () => {
  const text = `
Parameters:
  Text: { Type: String, Default: text }
Conditions:
  Yes: !Equals [!Ref Text, text]
  Both: !And [!Condition Yes, !Not [!Equals [a, b]]]
Resources:
  Other:
    Type: T
  Mine:
    Type: T
    DependsOn: Other
    Properties:
      Value:
        - !Ref Text
        - !GetAtt Other.Arn
        - !Sub '\${Text}/\${Other.Arn}'
        - !Sub ['\${x}', { x: !Join ['-', [a, !Ref Text]] }]
        - !If [Both, !Select [1, !Split [',', 'a,b']], no]
        - Fn::GetAtt: [Other, Arn]
        - !Base64 text
        - 2012-10-17
        - 012
        - yes
`;
  expect(compile(text).properties('Mine', known)['Value']).toEqual([
    'text',
    'arn:other',
    'text/arn:other',
    'a-text',
    'b',
    'arn:other',
    'dGV4dA==',
    '2012-10-17',
    12,
    'yes',
  ]);
});

test.each<[string, string]>([
  ['{', 'Template format error'],
  ['a: [', 'Template format error'],
  ['{"Resources":{}}', 'At least one Resources member must be defined.'],
  [
    '{"Transform":"AWS::Serverless-2016-10-31","Resources":{"A":{"Type":"T"}}}',
    'the section Transform is not supported: macros cannot run here',
  ],
  ['{"Resources":{"A-b":{"Type":"T"}}}', 'Resource name A-b is non alphanumeric.'],
  ['{"Resources":{"A":{}}}', '[/Resources/A] Every Resources object must contain a Type member.'],
  [
    '{"Resources":{"A":{"Type":"T","DeletionPolicy":"Snapshot"}}}',
    'DeletionPolicy is "Snapshot", expected one of Delete, Retain, RetainExceptOnCreate',
  ],
  ['{"Resources":{"A":{"Type":"T","DependsOn":"B"}}}', 'Unresolved resource dependencies [B] in DependsOn of A'],
])('%s is refused', (text, message) => {
  expect(() => compile(text)).toThrow(message);
});

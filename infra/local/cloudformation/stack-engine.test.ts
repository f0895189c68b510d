import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../service.ts';
import type { StackEvent } from './index.ts';
import { attribute, chain, createFakeCloud, ref, template, thing, valueOf } from './testing/fake-cloud.ts';

/** Two resources, of which the second one has the value and comes when the first is there. */
const afterA = (value: Json): JsonObject => ({ A: thing(), B: thing({ Value: value }, { DependsOn: 'A' }) });

describe('create', () => {
  test('each resource comes after those that it refers to, others side by side', async () => {
    const { engine, service } = createFakeCloud();
    const resources: Record<string, Json> = { ...chain(['C', 'B', 'A']), Last: thing({}, { DependsOn: ['A'] }) };
    for (let index = 0; index < 40; index++) resources[`Free${index}`] = thing();
    const { outputs, changed } = await engine.deploy({
      name: 'S',
      template: template(resources, { Outputs: { A: { Value: ref('A') } } }),
    });
    expect(changed).toBe(true);
    const order = ['create C', 'create B', 'create A', 'create Last'].map((call) => service.calls.indexOf(call));
    expect(order).toEqual([...order].sort((left, right) => left - right));
    expect(service.existing.has(outputs['A'] as string)).toBe(true);
    expect(service.mostRunning).toBeGreaterThan(10);
    expect(service.mostRunning).toBeLessThanOrEqual(32);
  });

  test('250 resources take far less than two seconds', async () => {
    const { engine, service } = createFakeCloud();
    const names = Array.from({ length: 250 }, (_, index) => `R${index}`);
    const resources = Object.fromEntries(
      names.map((name, index) => [name, thing(index < 10 ? {} : { Value: attribute(`R${index - 10}`, 'Arn') })]),
    );
    const startedAt = performance.now();
    await engine.deploy({ name: 'Large', template: template(resources) });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(service.existing.size).toBe(250);
  });

  test('a failure is rolled back: nothing is left, and the reason is told', async () => {
    const { engine, service } = createFakeCloud();
    service.failing.add('create B');
    const events: StackEvent[] = [];
    engine.onEvent((event) => events.push(event));
    const deployed = engine.deploy({ name: 'S', template: template(chain(['A', 'B', 'C'])) });
    await expect(deployed).rejects.toThrow(
      'Stack S is in ROLLBACK_COMPLETE: B (Fake::Service::Thing): create B was told to fail',
    );
    expect(service.existing.size).toBe(0);
    expect(service.calls).toEqual(['create A', 'create B', 'delete A']);
    expect(events.filter(({ logicalId }) => logicalId === 'S').map(({ status }) => status)).toEqual([
      'CREATE_IN_PROGRESS',
      'ROLLBACK_IN_PROGRESS',
      'ROLLBACK_COMPLETE',
    ]);
    service.failing.clear();
    await engine.deploy({ name: 'S', template: template(chain(['A', 'B', 'C'])) });
    expect(service.existing.size).toBe(3);
  });

  test.each<[string, JsonObject, string]>([
    [
      'a type',
      { A: { Type: 'AWS::Nowhere::Thing' } },
      'Stack S, resource A: Unrecognized resource types: [AWS::Nowhere::Thing]',
    ],
    [
      'a property',
      { A: thing(), B: thing({ Nmae: 1 }) },
      'Stack S, resource B (Fake::Service::Thing): the property Nmae is not supported',
    ],
    ['a resource member', { A: thing({}, { CreationPolicy: {} }) }, 'CreationPolicy is not supported'],
    [
      'a circle',
      { A: thing({ Value: ref('B') }), B: thing({ Value: ref('A') }), C: thing() },
      'Circular dependency between resources: [A, B]',
    ],
    [
      'a reference to nothing',
      { A: thing({ Value: ref('Nothing') }) },
      'Unresolved resource dependencies [Nothing] in the Resources block',
    ],
    ['an unknown export', { A: thing({ Value: { 'Fn::ImportValue': 'none' } }) }, 'No export named none found.'],
    ['a macro', afterA({ 'Fn::Transform': {} }), 'the function Fn::Transform is not supported here'],
    ['a macro beside a member', afterA({ 'Fn::Transform': {}, More: 1 }), 'Fn::Transform is not alone'],
    ['a misspelt function', afterA([{ 'Fn::Jion': ['', ['a']] }]), 'the function Fn::Jion is not supported here'],
    [
      'a function in a function',
      afterA({ 'Fn::Sub': ['${Net}', { Net: { 'Fn::Cidr': ['10.0.0.0/8', 1, 8] } }] }),
      'the function Fn::Cidr is not supported here',
    ],
    ['a name in Fn::Sub', afterA({ 'Fn::Sub': 'x${a-b}' }), 'must contain only alphanumeric characters'],
    [
      'a secret',
      afterA({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('A'), '}}']] }),
      'dynamic references to secretsmanager are not supported here',
    ],
    ['a version of a parameter', afterA('{{resolve:ssm:/version:3}}'), 'names a version'],
  ])('%s that cannot be is one clear error, before anything is made', async (_, resources, message) => {
    const { engine, service } = createFakeCloud();
    await expect(engine.deploy({ name: 'S', template: template(resources) })).rejects.toThrow(message);
    expect(service.calls).toEqual([]);
    expect(engine.outputs('S')).toBeUndefined();
  });

  test('neither is anything made where an output cannot be', async () => {
    const { engine, service } = createFakeCloud();
    const text = template({ A: thing() }, { Outputs: { Net: { Value: { 'Fn::Cidr': ['10.0.0.0/8', 1, 8] } } } });
    await expect(engine.deploy({ name: 'S', template: text })).rejects.toThrow(
      'the function Fn::Cidr is not supported',
    );
    expect(service.calls).toEqual([]);
  });

  test('a function in the branch of an Fn::If that does not count is not met', async () => {
    const { engine, service } = createFakeCloud();
    const value = { 'Fn::If': ['Yes', 'then', { 'Fn::Cidr': [] }] };
    const conditions = { Yes: { 'Fn::Equals': ['1', '1'] } };
    await engine.deploy({ name: 'S', template: template({ A: thing({ Value: value }) }, { Conditions: conditions }) });
    expect(valueOf(service, 'A')).toBe('then');
  });
});

describe('update', () => {
  const first = { A: thing({ Value: '1' }), B: thing({ Value: attribute('A', 'Echo') }), C: thing({ Value: 'c' }) };

  test('calls only what changed, and what depends on it', async () => {
    const { engine, service } = createFakeCloud();
    await engine.deploy({ name: 'S', template: template(first) });
    service.calls.length = 0;
    await engine.deploy({ name: 'S', template: template({ ...first, A: thing({ Value: '2' }) }) });
    expect(service.calls).toEqual(['update A', 'update B']);
    expect(valueOf(service, 'B')).toBe('2');
    expect(
      (await engine.deploy({ name: 'S', template: template({ ...first, A: thing({ Value: '2' }) }) })).changed,
    ).toBe(false);
    expect(service.calls.length).toBe(2);
  });

  test('a replacement is created first; dependents move over; the old one goes last', async () => {
    const { engine, service } = createFakeCloud();
    const at = (fixed: string) => template({ A: thing({ Fixed: fixed }), B: thing({ Value: ref('A') }) });
    await engine.deploy({ name: 'S', template: at('1') });
    const old = [...service.existing.keys()].find((id) => id.startsWith('A-'));
    service.calls.length = 0;
    await engine.deploy({ name: 'S', template: at('2') });
    expect(service.calls).toEqual(['create A', 'update B', 'delete A']);
    expect(service.existing.has(old as string)).toBe(false);
    expect(service.existing.has(valueOf(service, 'B') as string)).toBe(true);
  });

  test('what is no longer in the template is deleted, unless it is to be retained', async () => {
    const { engine, service } = createFakeCloud();
    await engine.deploy({ name: 'S', template: template({ ...first, Kept: thing({}, { DeletionPolicy: 'Retain' }) }) });
    service.calls.length = 0;
    await engine.deploy({ name: 'S', template: template({ C: first.C }) });
    expect(service.calls).toEqual(['delete B', 'delete A']);
    expect([...service.existing.values()].map(({ type }) => type).sort()).toEqual(['C', 'Kept']);
  });

  test('a failure is rolled back: updated, replaced, new and removed resources are as before', async () => {
    const { engine, service, state } = createFakeCloud();
    const before = { A: thing({ Value: '1' }), R: thing({ Fixed: '1' }), Z: thing({ Value: ref('R') }), Gone: thing() };
    await engine.deploy({ name: 'S', template: template(before) });
    const were = new Map([...service.existing].map(([id, { properties }]) => [id, properties]));
    const documents = () => [
      ...state
        .collection<{ logicalId: string; physicalId: string; properties: Json; dependencies: Json }>(
          'cloudformation/resources',
        )
        .values(),
    ];
    const known = () =>
      documents().map(({ logicalId, physicalId, properties, dependencies }) => ({
        logicalId,
        physicalId,
        properties,
        dependencies,
      }));
    const knew = known();

    service.failing.add('create Bad');
    const after = {
      A: thing({ Value: '2' }),
      R: thing({ Fixed: '2' }),
      Z: thing({ Value: ref('R') }),
      New: thing(),
      Bad: thing({ Value: [ref('Z'), ref('New'), ref('A')] }),
    };
    await expect(engine.deploy({ name: 'S', template: template(after) })).rejects.toThrow(
      /UPDATE_ROLLBACK_COMPLETE.*create Bad was told to fail/,
    );
    expect(new Map([...service.existing].map(([id, { properties }]) => [id, properties]))).toEqual(were);
    expect(known().sort(byId)).toEqual(knew.sort(byId));

    service.failing.clear();
    await engine.deploy({ name: 'S', template: template(after) });
    expect([...service.existing.values()].map(({ type }) => type).sort()).toEqual(['A', 'Bad', 'New', 'R', 'Z']);
  });

  test('the stack’s tags reach what is there; a failure brings the old ones back', async () => {
    const { engine, service } = createFakeCloud();
    const deploy = (owner: string, resources: JsonObject) =>
      engine.deploy({ name: 'S', template: template(resources), tags: { owner } });
    const owners = () => [...service.existing.values()].map(({ tags }) => tags['owner']);
    await deploy('first', chain(['A', 'B']));
    await deploy('second', chain(['A', 'B']));
    expect(owners()).toEqual(['second', 'second']);
    service.failing.add('create C');
    await expect(deploy('third', chain(['A', 'B', 'C']))).rejects.toThrow('create C was told to fail');
    expect(owners()).toEqual(['second', 'second']);
  });

  test('a logical id keeps its type', async () => {
    const { engine } = createFakeCloud();
    await engine.deploy({ name: 'S', template: template({ A: thing() }) });
    const other = template({ A: { Type: 'AWS::CDK::Metadata' } });
    await expect(engine.deploy({ name: 'S', template: other })).rejects.toThrow(
      'Update of resource type is not permitted',
    );
  });
});

describe('delete', () => {
  test('in reverse order; what is retained stays; what is gone is gone already', async () => {
    const { engine, service } = createFakeCloud();
    await engine.deploy({
      name: 'S',
      template: template({ ...chain(['A', 'B', 'C']), Kept: thing({}, { DeletionPolicy: 'Retain' }) }),
    });
    service.calls.length = 0;
    await engine.destroy('S');
    await engine.destroy('S');
    expect(service.calls).toEqual(['delete C', 'delete B', 'delete A']);
    expect([...service.existing.values()].map(({ type }) => type)).toEqual(['Kept']);
  });

  test('what cannot be deleted stays with what it depends on; the rest goes; a second try ends it', async () => {
    const { engine, service } = createFakeCloud();
    await engine.deploy({ name: 'S', template: template({ ...chain(['A', 'B', 'C']), Free: thing() }) });
    service.failing.add('delete B');
    await expect(engine.destroy('S')).rejects.toThrow(/DELETE_FAILED.*delete B was told to fail/);
    expect([...service.existing.values()].map(({ type }) => type)).toEqual(['A', 'B']);
    service.failing.clear();
    await engine.destroy('S');
    expect(service.existing.size).toBe(0);
  });

  test('termination protection holds', async () => {
    const { engine, service } = createFakeCloud();
    await engine.deploy({ name: 'S', template: template({ A: thing() }), terminationProtection: true });
    await expect(engine.destroy('S')).rejects.toThrow('cannot be deleted while TerminationProtection is enabled');
    expect(service.existing.size).toBe(1);
  });
});

describe('exports', () => {
  const exporting = (value: string) =>
    template({ A: thing() }, { Outputs: { Out: { Value: value, Export: { Name: 'shared' } } } });
  const importing = template({ B: thing({ Value: { 'Fn::ImportValue': 'shared' } }) });

  test('one in use can neither be changed nor deleted; one that is not can', async () => {
    const { engine, service } = createFakeCloud();
    await engine.deploy({ name: 'Exporter', template: exporting('one') });
    await engine.deploy({ name: 'Importer', template: importing });
    expect(valueOf(service, 'B')).toBe('one');
    await expect(engine.destroy('Exporter')).rejects.toThrow(
      'Export shared cannot be deleted as it is in use by Importer',
    );
    await expect(engine.deploy({ name: 'Exporter', template: template({ A: thing() }) })).rejects.toThrow(
      'Cannot delete export shared as it is in use by Importer',
    );
    await expect(engine.deploy({ name: 'Exporter', template: exporting('two') })).rejects.toThrow(
      'Cannot update export shared as it is in use by Importer',
    );
    expect(engine.outputs('Exporter')).toEqual({ Out: 'one' });
    await engine.destroy('Importer');
    await engine.deploy({ name: 'Exporter', template: exporting('two') });
    await expect(engine.deploy({ name: 'Second', template: exporting('x') })).rejects.toThrow(
      'Export with name shared is already exported by stack Exporter.',
    );
  });
});

const byId = (left: { logicalId: string }, right: { logicalId: string }): number =>
  left.logicalId < right.logicalId ? -1 : 1;

import { describe, expect, test } from 'vitest';
import { attribute, chain, createFakeCloud, ref, template, thing, valueOf } from './testing/fake-cloud.ts';

describe('a host that is killed', () => {
  const resources = { ...chain(['A', 'B', 'C']), D: thing() };

  test.each(['before', 'after'] as const)(
    'in the middle of a creation goes on and makes nothing twice (%s the provider did it)',
    async (when) => {
      const { engine, service, state } = createFakeCloud();
      service.hanging.set('create B', when);
      void engine.deploy({ name: 'S', template: template(resources, { Outputs: { C: { Value: ref('C') } } }) });
      await expect
        .poll(() => service.calls.includes('create B') && service.existing.size >= (when === 'after' ? 3 : 2))
        .toBe(true);
      service.hanging.clear();

      const next = createFakeCloud({ service, state });
      await next.engine.start?.();
      const { outputs } = await next.engine.deploy({
        name: 'S',
        template: template(resources, { Outputs: { C: { Value: ref('C') } } }),
      });
      expect([...service.existing.values()].map(({ type }) => type).sort()).toEqual(['A', 'B', 'C', 'D']);
      expect(outputs['C']).toMatch(/^C-/);
      expect(service.calls.filter((call) => call === 'create A')).toHaveLength(1);
      await next.engine.destroy('S');
      expect(service.existing.size).toBe(0);
    },
  );

  test('in the middle of an update goes on', async () => {
    const { engine, service, state } = createFakeCloud();
    const at = (value: string, fixed: string) =>
      template({
        A: thing({ Value: value }),
        R: thing({ Fixed: fixed, Value: ref('A') }),
        Z: thing({ Value: [ref('R'), attribute('A', 'Echo')] }),
      });
    await engine.deploy({ name: 'S', template: at('1', '1') });
    service.hanging.set('update Z', 'before');
    void engine.deploy({ name: 'S', template: at('2', '2') });
    await expect.poll(() => service.calls.includes('update Z')).toBe(true);
    service.hanging.clear();
    const next = createFakeCloud({ service, state });
    await next.engine.start?.();
    await next.engine.deploy({ name: 'S', template: at('2', '2') });
    expect([...service.existing.values()].map(({ type }) => type).sort()).toEqual(['A', 'R', 'Z']);
    expect(service.calls.filter((call) => call === 'create R')).toHaveLength(2);
    expect(service.calls.filter((call) => call === 'update A')).toHaveLength(1);
  });

  test('in the middle of a rollback goes on with it', async () => {
    const { engine, service, state } = createFakeCloud();
    service.failing.add('create C');
    service.hanging.set('delete A', 'before');
    void engine.deploy({ name: 'S', template: template(resources) }).catch(() => undefined);
    await expect.poll(() => service.calls.includes('delete A')).toBe(true);
    service.hanging.clear();
    service.failing.clear();
    const next = createFakeCloud({ service, state });
    await next.engine.start?.();
    await expect.poll(() => service.existing.size).toBe(0);
    await next.engine.deploy({ name: 'S', template: template(resources) });
    expect(service.existing.size).toBe(4);
  });

  test('a stop lets running work end and leaves the rest for the next start', async () => {
    const { engine, service, state } = createFakeCloud();
    const long = template(chain(Array.from({ length: 300 }, (_, index) => `R${index}`)));
    void engine.deploy({ name: 'S', template: long }).catch(() => undefined);
    await expect.poll(() => service.calls.includes('create R0'), { interval: 1 }).toBe(true);
    await engine.stop?.();
    expect(service.running).toBe(0);
    expect(service.calls).not.toContain('create R299');
    const next = createFakeCloud({ service, state });
    await next.engine.start?.();
    await next.engine.deploy({ name: 'S', template: long });
    expect(service.calls.filter((call) => call.startsWith('create'))).toHaveLength(300);
  });
});

test('with another endpoint than before, attributes and what uses them are brought up to date, across stacks too', async () => {
  const { engine, service, state } = createFakeCloud({ endpoint: 'http://localhost:1' });
  const exporter = template(
    { A: thing() },
    { Outputs: { Url: { Value: attribute('A', 'Url'), Export: { Name: 'url' } } } },
  );
  const importer = template({ B: thing({ Value: { 'Fn::ImportValue': 'url' } }), C: thing() });
  await engine.deploy({ name: 'Zexporter', template: exporter });
  await engine.deploy({ name: 'Aimporter', template: importer });
  await engine.stop?.();
  service.calls.length = 0;
  const next = createFakeCloud({ service, state, endpoint: 'http://localhost:2' });
  await next.engine.start?.();
  expect(next.engine.outputs('Zexporter')?.['Url']).toMatch(/^http:\/\/localhost:2\//);
  expect(valueOf(service, 'B')).toMatch(/^http:\/\/localhost:2\//);
  expect(service.calls).toEqual(['update B']);
  expect((await next.engine.deploy({ name: 'Aimporter', template: importer })).changed).toBe(false);
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AwsError } from '../../errors.ts';
import type { Objects } from '../../service.ts';
import { deployAssembly } from '../deploy-assembly.ts';
import { createFakeCloud, ref, template, thing } from '../testing/fake-cloud.ts';
import { zipFolder } from './publish-asset.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  await mkdir(join(folder, 'asset.code', 'lib'), { recursive: true });
  await writeFile(join(folder, 'asset.code', 'index.js'), 'exports.handler = 1');
  await writeFile(join(folder, 'asset.code', 'lib', 'b.js'), 'b');
  const first = template(
    { A: thing({ Value: ref('P') }) },
    { Parameters: { P: { Type: 'String' } }, Outputs: { O: { Value: ref('P'), Export: { Name: 'e' } } } },
  );
  await writeFile(join(folder, 'First.template.json'), first);
  await writeFile(join(folder, 'Second.template.json'), template({ B: thing({ Value: { 'Fn::ImportValue': 'e' } }) }));
  const destination = (objectKey: string) => ({
    here: { bucketName: 'assets-${AWS::AccountId}-${AWS::Region}', objectKey },
  });
  const files = {
    code: { source: { path: 'asset.code', packaging: 'zip' }, destinations: destination('code.zip') },
    template: { source: { path: 'First.template.json', packaging: 'file' }, destinations: destination('first.json') },
  };
  await writeFile(join(folder, 'First.assets.json'), JSON.stringify({ version: '48.0.0', files, dockerImages: {} }));
  const artifacts = {
    'Second.assets': { type: 'cdk:asset-manifest', properties: { file: 'First.assets.json' } },
    Second: {
      type: 'aws:cloudformation:stack',
      dependencies: ['First', 'Second.assets'],
      properties: { templateFile: 'Second.template.json', stackName: 'second' },
    },
    First: {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'First.template.json', stackName: 'first', tags: { a: 'b' } },
    },
    Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
});
afterAll(() => rm(folder, { recursive: true }));

test('assets are published once, stacks deployed in order; a second time nothing is done', async () => {
  const written: string[] = [];
  const bytes = new Map<string, Uint8Array>();
  const objects: Objects = {
    read: async (bucket, key) => {
      const found = bytes.get(`${bucket}/${key}`);
      if (!found) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      return Buffer.from(found);
    },
    write: async (bucket, key, content) => {
      written.push(`${bucket}/${key}`);
      bytes.set(`${bucket}/${key}`, content);
    },
  };
  const { engine, service } = createFakeCloud();
  const events: string[] = [];
  const request = { folder, parameters: { first: { P: 'given' } }, engine, objects };
  const outputs = await deployAssembly({
    ...request,
    onEvent: ({ stackName, status }) => events.push(`${stackName} ${status}`),
  });
  expect(outputs).toEqual({ first: { O: 'given' }, second: {} });
  expect(service.calls).toEqual(['create A', 'create B']);
  expect(events).toContain('second CREATE_COMPLETE');
  expect(written.sort()).toEqual([
    'assets-000000000000-us-east-1/code.zip',
    'assets-000000000000-us-east-1/first.json',
  ]);
  const unzipped = unzipSync(bytes.get('assets-000000000000-us-east-1/code.zip') as Uint8Array);
  expect(Object.keys(unzipped)).toEqual(['index.js', 'lib/b.js']);

  expect(await deployAssembly(request)).toEqual(outputs);
  expect(written.length).toBe(2);
  expect(service.calls.length).toBe(2);
  await expect(deployAssembly({ ...request, stacks: ['third'] })).rejects.toThrow('has no stack third');
});

test('the same folder makes the same bytes', async () => {
  const [first, second] = [await zipFolder(join(folder, 'asset.code')), await zipFolder(join(folder, 'asset.code'))];
  expect(Buffer.from(first).equals(second)).toBe(true);
});

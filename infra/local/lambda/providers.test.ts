import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEntries } from './code/unpack-code.ts';
import { givenLambda, role, type GivenLambda } from './testing/given-lambda.ts';

let given: GivenLambda;
beforeAll(async () => {
  given = await givenLambda();
});
afterAll(() => given.stop());

const functionType = 'AWS::Lambda::Function';
const inline = (text: string) => ({
  Code: { ZipFile: text },
  Handler: 'index.handler',
  Runtime: 'nodejs22.x',
  Role: role,
});

describe('AWS::Lambda::Function', () => {
  test('inline code, a generated name that stays the same for the same token', async () => {
    const properties = inline('exports.handler = async () => process.env.AWS_LAMBDA_FUNCTION_NAME;');
    const name = await given.create(functionType, properties, 'Inline');
    expect(name).toMatch(/^stack-Inline-[0-9A-F]{12}$/);
    expect(await given.create(functionType, properties, 'Inline')).toBe(name);
    expect(await given.invoke(name)).toBe(name);
    await given.remove(functionType, name, properties);
    await given.remove(functionType, name, properties);
    await expect(given.invoke(name)).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
  });

  test('a name that is taken is refused', async () => {
    const properties = { ...inline('exports.handler = async () => 1;'), FunctionName: 'taken' };
    await given.create(functionType, properties, 'One');
    await expect(given.create(functionType, properties, 'Two')).rejects.toMatchObject({
      code: 'ResourceConflictException',
    });
  });

  test.each([
    [{ Runtime: 'python3.12' }, 'Runtime: expected a Node.js runtime'],
    [{ PackageType: 'Image' }, 'PackageType: Images do not run here'],
    [{ Timeout: 901 }, 'Timeout'],
    [{ Layers: ['arn:x'] }, 'Layers'],
    [{ SnapStart: { ApplyOn: 'PublishedVersions' } }, 'SnapStart'],
    [{ Environment: { Variables: { AWS_REGION: 'x' } } }, 'Reserved keys used in this request: AWS_REGION'],
    [{ Environment: { Variables: { A: 'x'.repeat(4096) } } }, 'exceeded the 4KB limit'],
    [{ Environment: { Others: {} } }, 'Environment'],
    [{ Code: { ImageUri: 'x' } }, 'ImageUri'],
    [{ Code: { S3Bucket: 'assets', S3Key: 'nowhere' } }, 'S3 Error Code: NoSuchKey'],
  ])('refuses %j', async (properties, message) => {
    await expect(given.create(functionType, { ...inline('x'), ...properties }, 'Refused')).rejects.toThrow(message);
  });

  test('an update puts properties that are gone back to their defaults', async () => {
    const code = 'exports.handler = async (e, context) => [context.memoryLimitInMB, process.env.A ?? null];';
    const full = { ...inline(code), MemorySize: 512, Environment: { Variables: { A: 'a' } } };
    const name = await given.create(functionType, full, 'Shrinking');
    expect(await given.invoke(name)).toEqual(['512', 'a']);
    await given.update(functionType, name, inline(code));
    expect(await given.invoke(name)).toEqual(['128', null]);
  });
});

test('versions stay as they were published, and aliases move', async () => {
  const name = 'published';
  const arn = await given.deploy(name, 'exports.handler = async () => "one";');
  const first = await given.create('AWS::Lambda::Version', { FunctionName: name }, 'First');
  expect(first).toBe(`${arn}:1`);
  await given.deploy(name, 'exports.handler = async () => "two";');
  const second = await given.create('AWS::Lambda::Version', { FunctionName: name }, 'Second');
  expect([await given.invoke(arn), await given.invoke(first), await given.invoke(second)]).toEqual([
    'two',
    'one',
    'two',
  ]);

  const alias = { FunctionName: name, Name: 'live', FunctionVersion: '1' };
  const aliasArn = await given.create('AWS::Lambda::Alias', alias);
  expect([aliasArn, await given.invoke(aliasArn)]).toEqual([`${arn}:live`, 'one']);
  await given.update('AWS::Lambda::Alias', aliasArn, { ...alias, FunctionVersion: '2' });
  expect(await given.invoke(aliasArn)).toBe('two');
  await given.remove('AWS::Lambda::Version', first, {});
  await expect(given.invoke(first)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

describe('code', () => {
  test('lies unpacked once, by its hash, without drafts left', async () => {
    const code = { 'index.js': 'exports.handler = async () => __dirname;', 'data/a.txt': 'A' };
    const [one, two] = [await given.deploy('code-1', code), await given.deploy('code-2', code)];
    const place = (await given.invoke(one)) as string;
    expect(await given.invoke(two)).toBe(place);
    expect(await readFile(join(place, 'data/a.txt'), 'utf8')).toBe('A');
    expect((await readdir(join(place, '..'))).filter((name) => name.startsWith('draft-'))).toEqual([]);
  });

  test.each(['../outside.js', 'a/../../outside.js', '/outside.js', 'a\\..\\outside.js', 'C:/outside.js'])(
    'a zip that names %s is refused',
    async (name) => {
      expect(() => readEntries(zipSync({ [name]: strToU8('x') }))).toThrow('which is outside of it');
      await expect(given.deploy('traversal', { [name]: 'x' })).rejects.toThrow('which is outside of it');
      expect(existsSync(join(given.folder, 'lambda', 'outside.js'))).toBe(false);
    },
  );

  test('what is no zip is refused', () => {
    expect(() => readEntries(strToU8('hello'))).toThrow('Could not unzip uploaded file');
  });
});

import { NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { beforeEach, expect, test } from 'vitest';
import { type Manifest, publishRelease, ReleaseFileError } from './publish-release.ts';

/** A bucket in memory, with the three operations that publishing needs. */
let bucket: Map<string, string>;
let written: string[];
let beforePut: (key: string) => void;
beforeEach(() => {
  bucket = new Map();
  written = [];
  beforePut = () => undefined;
});

interface Input {
  readonly Key: string;
  readonly Prefix: string;
  readonly Body: Uint8Array;
  readonly IfNoneMatch?: string;
}

const operations: Readonly<Record<string, (input: Input) => object>> = {
  GetObjectCommand: ({ Key }) => {
    const text = bucket.get(Key);
    if (text === undefined) throw new NoSuchKey({ message: Key, $metadata: {} });
    return { Body: { transformToString: async () => text } };
  },
  ListObjectsV2Command: ({ Prefix }) => ({
    Contents: [...bucket.keys()].filter((key) => key.startsWith(Prefix)).map((Key) => ({ Key })),
  }),
  PutObjectCommand: ({ Key, Body, IfNoneMatch }) => {
    beforePut(Key);
    if (IfNoneMatch === '*' && bucket.has(Key)) {
      throw new S3ServiceException({ name: 'PreconditionFailed', $fault: 'client', $metadata: {} });
    }
    written.push(Key);
    bucket.set(Key, Buffer.from(Body).toString());
    return {};
  },
};
const s3 = {
  send: async (command: { readonly input: Input }) => operations[command.constructor.name]?.(command.input),
} as unknown as S3Client;

const file = (key: string) => ({ key, sha256: 'sum', size: 1 });
const manifestOf = (createdAt: string): Manifest => ({
  release: 'r1',
  version: '1.0.0',
  template: file('assets/template'),
  program: file('assets/program'),
  assets: [file('assets/one'), file('assets/two')],
  createdAt,
});
const manifestKey = 'releases/r1/manifest.json';
const publish = (createdAt: string, read = (key: string): Uint8Array | undefined => Buffer.from(key)) =>
  publishRelease(manifestOf(createdAt), read, { s3, bucket: 'releases' });

test('writes the manifest when all that it names is there', async () => {
  bucket.set('assets/one', 'from another release');
  expect(await publish('monday')).toEqual(manifestOf('monday'));
  expect(written.slice(0, -1).sort()).toEqual(['assets/program', 'assets/template', 'assets/two']);
  expect(written.at(-1)).toBe(manifestKey);
  expect(bucket.get('assets/one')).toBe('from another release');
});

test('one that is there is answered as it is, and nothing is written', async () => {
  await publish('monday');
  bucket.delete('assets/two');
  written = [];
  expect(await publish('tuesday')).toEqual(manifestOf('monday'));
  expect(written).toEqual([]);
});

test('of two who publish at once the first manifest stays', async () => {
  beforePut = (key) => {
    if (key === manifestKey) bucket.set(key, JSON.stringify(manifestOf('monday')));
  };
  expect(await publish('tuesday')).toEqual(manifestOf('monday'));
});

test('one that names a file which is not there has no manifest', async () => {
  await expect(publish('monday', () => undefined)).rejects.toThrow(ReleaseFileError);
  expect(bucket.has(manifestKey)).toBe(false);
});

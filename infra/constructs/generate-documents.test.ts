import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generateDocuments } from './generate-documents.ts';

test('the documents that the apps are built with are those of `npm run codegen`', async () => {
  const files = await generateDocuments();
  expect(files.filter(({ path }) => path.endsWith('/graphql.ts'))).toHaveLength(4);
  for (const { path, content } of files) expect(content, path).toBe(await readFile(path, 'utf8'));
});

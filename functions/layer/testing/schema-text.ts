import { readFileSync } from 'node:fs';

/** What AppSync adds to every schema by itself, as far as documents of ours meet it. */
const added = ['AWSDate', 'AWSDateTime', 'AWSEmail', 'AWSJSON', 'AWSTimestamp', 'AWSURL']
  .map((name) => `scalar ${name}`)
  .join('\n');

/** A plane's schema, for checking documents against it. */
export function schemaText(plane: 'control-plane' | 'application'): string {
  const read = (file: string) => readFileSync(new URL(`../../../schema/${file}.graphql`, import.meta.url), 'utf8');
  return [added, read('shared/common'), read(plane)].join('\n');
}

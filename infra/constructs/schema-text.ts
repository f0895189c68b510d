import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind, parse } from 'graphql';
import { buildFolder, projectFolder } from './bundle.ts';

/** A plane's schema as one text: what both planes share, then its own. */
export function schemaText(plane: string): string {
  const folder = join(projectFolder, 'schema');
  const shared = readdirSync(join(folder, 'shared'))
    .filter((file) => file.endsWith('.graphql'))
    .sort();
  const files = [...shared.map((file) => join(folder, 'shared', file)), join(folder, `${plane}.graphql`)];
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

/** Puts the text into a file, which is what CDK takes, and answers its path. */
export function writeSchema(plane: string, text: string): string {
  const folder = join(buildFolder, 'schema');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${plane}.graphql`);
  writeFileSync(path, text);
  return path;
}

export interface RootField {
  /** `Query.product` */
  readonly coordinate: string;
  readonly typeName: string;
  readonly fieldName: string;
  /** Names of its directives, `aws_iam` for one. */
  readonly directives: readonly string[];
}

const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** Every field of Query, Mutation and Subscription. */
export function rootFields(schema: string): RootField[] {
  const document: DocumentNode = parse(schema);
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || !rootTypes.has(definition.name.value)) return [];
    const typeName = definition.name.value;
    return (definition.fields ?? []).map((field) => ({
      coordinate: `${typeName}.${field.name.value}`,
      typeName,
      fieldName: field.name.value,
      directives: (field.directives ?? []).map(({ name }) => name.value),
    }));
  });
}

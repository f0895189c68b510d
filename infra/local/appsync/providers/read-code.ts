import { AwsError } from '../../errors.ts';
import type { Objects } from '../../service.ts';
import type { PropertyReader } from './property-reader.ts';
import { readSource, requireSize } from './read-source.ts';

const maximumCodeBytes = 32_768;
const maximumBatchSize = 2_000;
const templateProperties = [
  'RequestMappingTemplate',
  'RequestMappingTemplateS3Location',
  'ResponseMappingTemplate',
  'ResponseMappingTemplateS3Location',
  'FunctionVersion',
];

/** What is outside the APPSYNC_JS language in a code, in the order of the code; empty if nothing. */
export type CodeCheck = (code: string) => readonly CodeFinding[];

export interface CodeFinding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The code of a resolver or function: APPSYNC_JS only, within the language and its size. */
export async function readCode(
  reader: PropertyReader,
  what: string,
  objects: Objects,
  check: CodeCheck,
): Promise<string> {
  for (const name of templateProperties) {
    if (reader.optionalText(name) === undefined) continue;
    throw new AwsError(
      'BadRequestException',
      `${what}: ${name} is not supported by this cloud, only Code in APPSYNC_JS (no VTL)`,
    );
  }
  const runtime = reader.object('Runtime');
  if (!runtime) throw reader.refuse('Runtime', '{Name: APPSYNC_JS, RuntimeVersion: 1.0.0}', undefined);
  runtime.oneOf('Name', ['APPSYNC_JS']);
  runtime.oneOf('RuntimeVersion', ['1.0.0']);
  runtime.done();
  const code = await readSource(reader, 'Code', objects);
  requireSize(`The code of ${what}`, code, maximumCodeBytes);
  const findings = check(code);
  if (findings.length > 0) {
    const reasons = findings.map(({ line, column, message }) => `${line}:${column} ${message}`).join('; ');
    throw new AwsError('BadRequestException', `The code of ${what} contains one or more errors: ${reasons}`);
  }
  return code;
}

export function readMaxBatchSize(reader: PropertyReader): number {
  return reader.integer('MaxBatchSize', { minimum: 0, maximum: maximumBatchSize, fallback: 0 });
}

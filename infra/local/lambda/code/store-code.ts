import { strToU8, zipSync } from 'fflate';
import { AwsError } from '../../errors.ts';
import type { Objects, State } from '../../service.ts';
import type { FunctionCode } from '../model.ts';

/** Where a function's code comes from. */
export type CodeSource =
  | { readonly bucket: string; readonly key: string; readonly version?: string | undefined }
  | { readonly zip: Uint8Array }
  /** The text of an `index.js`. Source: CloudFormation, AWS::Lambda::Function Code, ZipFile. */
  | { readonly text: string };

/** Takes the code in: it is the function's from here on, whatever becomes of the object that it came from. */
export async function storeCode(
  source: CodeSource,
  { objects, state }: { readonly objects: Objects; readonly state: State },
): Promise<FunctionCode> {
  const zip = await readZip(source, objects);
  return { sha256: await state.blobs.put(zip), size: zip.byteLength };
}

async function readZip(source: CodeSource, objects: Objects): Promise<Uint8Array> {
  if ('zip' in source) return source.zip;
  if ('text' in source) return zipInline(source.text);
  try {
    return await objects.read(source.bucket, source.key, source.version);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      'InvalidParameterValueException',
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    );
  }
}

/** A fixed date: the same text makes the same zip, and so the same hash. */
const inlineDate = new Date('2000-01-01T12:00:00Z');

function zipInline(text: string): Uint8Array {
  return zipSync({ 'index.js': strToU8(text) }, { mtime: inlineDate });
}

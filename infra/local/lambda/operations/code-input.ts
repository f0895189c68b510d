import { z } from 'zod';
import type { CodeSource } from '../code/store-code.ts';
import { invalid } from '../registry/settings.ts';

/** Source: Lambda API reference, FunctionCode. */
export const codeShape = z.strictObject({
  /** Base64 of a zip. */
  ZipFile: z.string().optional(),
  S3Bucket: z.string().optional(),
  S3Key: z.string().optional(),
  S3ObjectVersion: z.string().optional(),
});

export function codeSource(input: z.infer<typeof codeShape>): CodeSource {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion } = input;
  if (ZipFile !== undefined) return { zip: Buffer.from(ZipFile, 'base64') };
  if (S3Bucket !== undefined && S3Key !== undefined) return { bucket: S3Bucket, key: S3Key, version: S3ObjectVersion };
  throw invalid('Please provide a source for function code: ZipFile, or S3Bucket and S3Key');
}

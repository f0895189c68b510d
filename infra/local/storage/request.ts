import type { ApiRequest, ApiResponse, Environment } from '../service.ts';
import type { ObjectStore } from './store.ts';
import { document } from './xml.ts';

export interface StorageRequest extends ApiRequest {
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for a bucket. */
  readonly key: string;
}

export interface StorageContext {
  readonly store: ObjectStore;
  readonly environment: Environment;
}

export type StorageOperation = (
  context: StorageContext,
) => (request: StorageRequest) => Promise<ApiResponse> | ApiResponse;

export function bucketArn({ partition }: Environment, bucket: string): string {
  return `arn:${partition}:s3:::${bucket}`;
}

export function objectArn({ partition }: Environment, bucket: string, key: string): string {
  return `arn:${partition}:s3:::${bucket}/${key}`;
}

export function xmlAnswer(name: string, value: object, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: document(name, value) };
}

export const emptyAnswer = (status: number, headers: Readonly<Record<string, string>> = {}): ApiResponse => ({
  status,
  headers,
});

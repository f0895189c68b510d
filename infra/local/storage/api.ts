import { AwsError } from '../errors.ts';
import type { ApiRequest, ApiResponse, ApiService } from '../service.ts';
import { createBucket, deleteBucket, headBucket, listBuckets } from './operations/buckets.ts';
import {
  getBucketEncryption,
  getBucketLocation,
  getBucketVersioning,
  putBucketVersioning,
} from './operations/bucket-settings.ts';
import {
  deleteBucketPolicy,
  getBucketPolicy,
  getBucketTagging,
  putBucketPolicy,
} from './operations/bucket-documents.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteObject, deleteObjects } from './operations/delete-objects.ts';
import { getObject, headObject } from './operations/get-object.ts';
import { listObjectVersions, listObjectsV2 } from './operations/list-objects.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from './operations/multipart-upload.ts';
import { putObject } from './operations/put-object.ts';
import type { StorageContext, StorageOperation, StorageRequest } from './request.ts';
import { document } from './xml.ts';

interface Route {
  readonly method: string;
  readonly on: 'service' | 'bucket' | 'object';
  /** The query parameter that tells this operation from the others; absent for the plain one. */
  readonly marker?: string;
  /** A header that does the same. */
  readonly header?: string;
  readonly operation: StorageOperation;
}

const routes: readonly Route[] = [
  { method: 'GET', on: 'service', operation: listBuckets },
  { method: 'GET', on: 'bucket', marker: 'location', operation: getBucketLocation },
  { method: 'GET', on: 'bucket', marker: 'encryption', operation: getBucketEncryption },
  { method: 'GET', on: 'bucket', marker: 'versioning', operation: getBucketVersioning },
  { method: 'PUT', on: 'bucket', marker: 'versioning', operation: putBucketVersioning },
  { method: 'GET', on: 'bucket', marker: 'tagging', operation: getBucketTagging },
  { method: 'GET', on: 'bucket', marker: 'policy', operation: getBucketPolicy },
  { method: 'PUT', on: 'bucket', marker: 'policy', operation: putBucketPolicy },
  { method: 'DELETE', on: 'bucket', marker: 'policy', operation: deleteBucketPolicy },
  { method: 'GET', on: 'bucket', marker: 'versions', operation: listObjectVersions },
  { method: 'GET', on: 'bucket', marker: 'list-type', operation: listObjectsV2 },
  { method: 'POST', on: 'bucket', marker: 'delete', operation: deleteObjects },
  { method: 'PUT', on: 'bucket', operation: createBucket },
  { method: 'HEAD', on: 'bucket', operation: headBucket },
  { method: 'DELETE', on: 'bucket', operation: deleteBucket },
  { method: 'POST', on: 'object', marker: 'uploads', operation: createMultipartUpload },
  { method: 'PUT', on: 'object', marker: 'uploadId', operation: uploadPart },
  { method: 'POST', on: 'object', marker: 'uploadId', operation: completeMultipartUpload },
  { method: 'DELETE', on: 'object', marker: 'uploadId', operation: abortMultipartUpload },
  { method: 'PUT', on: 'object', header: 'x-amz-copy-source', operation: copyObject },
  { method: 'PUT', on: 'object', operation: putObject },
  { method: 'GET', on: 'object', operation: getObject },
  { method: 'HEAD', on: 'object', operation: headObject },
  { method: 'DELETE', on: 'object', operation: deleteObject },
];

/** Query parameters that name a part of a bucket or an object: with one that no route has, nothing may be answered. */
const subresources =
  /^(accelerate|acl|analytics|attributes|cors|intelligent-tiering|inventory|legal-hold|lifecycle|logging|metrics|notification|object-lock|ownershipControls|policyStatus|publicAccessBlock|replication|requestPayment|restore|retention|select|tagging|torrent|website|location|encryption|versioning|policy|versions|uploads|uploadId|delete)$/;

/** S3's REST API, path style. Source: Amazon S3 API Reference. */
export function storageApi(context: StorageContext): ApiService {
  return {
    signingName: 's3',
    async handle(request) {
      try {
        const located = locate(request);
        return await findOperation(located)(context)(located);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return answerError(error, request);
      }
    },
  };
}

function locate(request: ApiRequest): StorageRequest {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.path) ?? [];
  try {
    return { ...request, bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function findOperation(request: StorageRequest): StorageOperation {
  const on = request.key !== '' ? 'object' : request.bucket !== '' ? 'bucket' : 'service';
  const candidates = routes.filter((route) => route.method === request.method && route.on === on);
  const marked = candidates.find((route) => route.marker !== undefined && request.query.has(route.marker));
  const subresource = [...request.query.keys()].find((name) => subresources.test(name));
  if (subresource === undefined || marked) {
    const byHeader = candidates.find(
      (route) => route.header !== undefined && request.headers[route.header] !== undefined,
    );
    const plain = candidates.find((route) => route.marker === undefined && route.header === undefined);
    const route = marked ?? byHeader ?? plain;
    if (route) return route.operation;
  }
  const what = `${request.method} on ${on === 'object' ? 'an object' : `a ${on}`}${
    subresource ? ` with ?${subresource}` : ''
  }`;
  throw new AwsError(
    'NotImplemented',
    `A header or parameter you provided implies functionality that is not here: ${what}`,
    501,
  );
}

function answerError(error: AwsError, request: ApiRequest): ApiResponse {
  const code = error.code === 'AccessDeniedException' ? 'AccessDenied' : error.code;
  const body = {
    Code: code,
    Message: error.message,
    ...error.fields,
    Resource: request.path,
    RequestId: request.call.requestId,
  };
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml' },
    body: document('Error', body).replace(/ xmlns="[^"]*"/, ''),
  };
}

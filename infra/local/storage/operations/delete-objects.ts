import { AwsError } from '../../errors.ts';
import { emptyAnswer, objectArn, type StorageOperation, xmlAnswer } from '../request.ts';
import { parseXml } from '../xml.ts';

export const deleteObject: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket, key, query }) => {
    const versionId = query.get('versionId') ?? undefined;
    call.authorize(
      versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
      objectArn(environment, bucket, key),
    );
    const { versionId: affected, deleteMarker } = await store.remove(bucket, key, versionId);
    return emptyAnswer(204, {
      ...(affected === undefined ? {} : { 'x-amz-version-id': affected }),
      ...(deleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
    });
  };

/** Each key is judged by itself: one that may not be deleted is reported and the others go. */
export const deleteObjects: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket, body }) => {
    store.bucketOf(bucket);
    const request = parseXml(body, 'Delete');
    const wanted = request.all('Object');
    if (wanted.length === 0 || wanted.length > 1000)
      throw new AwsError('MalformedXML', `${wanted.length} objects named, expected 1 to 1000`);
    const Deleted: object[] = [];
    const failures: object[] = [];
    for (const item of wanted) {
      const Key = item.text('Key') ?? '';
      const VersionId = item.text('VersionId');
      try {
        call.authorize(
          VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
          objectArn(environment, bucket, Key),
        );
        const { versionId, deleteMarker } = await store.remove(bucket, Key, VersionId);
        const marker = deleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: versionId } : {};
        Deleted.push({ Key, VersionId, ...marker });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        failures.push({
          Key,
          VersionId,
          Code: error.status === 403 ? 'AccessDenied' : error.code,
          Message: error.message,
        });
      }
    }
    const quiet = request.text('Quiet') === 'true';
    return xmlAnswer('DeleteResult', { Deleted: quiet ? [] : Deleted, Error: failures });
  };

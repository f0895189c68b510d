import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { ExportedFile, OffboardingItem } from '../../../schema/transition.ts';
import type { Dependencies, Situation, Step } from '../dependencies.ts';
import { nextPart, type Row } from '../tenant-data.ts';
import { fileKey, manifestKey } from './export-keys.ts';
import { exportParts, openExport } from './export-source.ts';

/** About 4 MB a file: read and written within seconds, whatever the rows are like. */
const largestFile = 4 * 1024 * 1024;

/**
 * Writes one file of the export: JSON lines, a row each, from where the file before it ended. Run twice it writes the same
 * file again, as the tenant's data does not change any more.
 */
export const exportData: Step<OffboardingItem> = async (situation, dependencies) => {
  const { transition } = situation;
  const from = transition.cursor ?? { part: 'products' };
  const readNext = await openExport(situation, dependencies);

  const lines: string[] = [];
  let bytes = 0;
  let next: typeof transition.cursor = from;
  while (next?.part === from.part && bytes < largestFile) {
    const page: { rows: readonly Row[]; next?: typeof next } = await readNext(next);
    for (const row of page.rows) {
      const line = `${JSON.stringify(row)}\n`;
      lines.push(line);
      bytes += Buffer.byteLength(line);
    }
    next = page.next ?? nextPart(exportParts, from.part);
  }

  const files = [...transition.files, ...(await putFile(transition, from.part, lines, dependencies))];
  if (next) return { set: { files, cursor: next } };
  await putManifest(situation, files, dependencies);
  return { step: 'RETAIN', set: { files, cursor: undefined }, dueAt: new Date(transition.purgeAt) };
};

/** Nothing where the part has no rows (left). */
async function putFile(
  transition: OffboardingItem,
  part: string,
  lines: readonly string[],
  { objects, exportBucket }: Dependencies,
): Promise<ExportedFile[]> {
  if (lines.length === 0) return [];
  const number = transition.files.filter((file) => file.part === part).length + 1;
  const key = fileKey(transition, part, number);
  const body = Buffer.from(lines.join(''));
  await objects.send(
    new PutObjectCommand({ Bucket: exportBucket, Key: key, Body: body, ContentType: 'application/jsonl' }),
  );
  const sha256 = createHash('sha256').update(body).digest('hex');
  return [{ key, part, items: lines.length, bytes: body.length, sha256 }];
}

async function putManifest(
  { transition, tenant }: Situation<OffboardingItem>,
  files: readonly ExportedFile[],
  { objects, exportBucket, clock }: Dependencies,
): Promise<void> {
  const countOf = (part: string) =>
    files.filter((file) => file.part === part).reduce((sum, { items }) => sum + items, 0);
  const { tenantId, slug, name, tier } = tenant;
  const manifest = {
    tenant: { tenantId, slug, name, tier },
    requestedAt: transition.startedAt,
    exportedAt: clock().toISOString(),
    counts: Object.fromEntries(exportParts.map((part) => [part, countOf(part)])),
    files,
  };
  await objects.send(
    new PutObjectCommand({
      Bucket: exportBucket,
      Key: manifestKey(transition),
      Body: JSON.stringify(manifest, null, 2),
      ContentType: 'application/json',
    }),
  );
}

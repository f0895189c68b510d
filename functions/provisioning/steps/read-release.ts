import { readManifest } from '../read-manifest.ts';
import type { DoStep } from '../work.ts';

/** The release is there, whole and unchanged. */
export const readRelease: DoStep = async ({ services, run }) => {
  const { template, assets } = await readManifest(services.s3, services.releaseBucket, run.release);
  return `${assets.length} assets, template ${template.sha256.slice(0, 12)}`;
};

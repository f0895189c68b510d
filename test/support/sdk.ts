import type { Outputs } from '../../infra/start/outputs.ts';

/** All that an unmodified client of AWS's SDK is told: where, which region, and who. */
export function sdkSettings({ endpoint, region }: Outputs) {
  return { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/** The name of a thing among many, by the part of it that the template gives. */
export function nameWith(part: string, names: readonly (string | undefined)[]): string {
  const found = names.filter((name) => name?.includes(part));
  const [name] = found;
  if (name === undefined || found.length > 1) {
    throw new Error(`${found.length} names with ${part} among ${names.join(', ')}, expected 1`);
  }
  return name;
}

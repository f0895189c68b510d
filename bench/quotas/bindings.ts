import { type OtherQuota, otherQuotas, resourceQuotas, type ResourceQuota, sources } from './quotas.ts';

/** How many resources of each CloudFormation type there are. */
export type Counts = Readonly<Record<string, number>>;

export interface ResourceCounts {
  /** In the tenant template: what one silo, or the pool, has. */
  readonly silo: Counts;
  /** In the stacks of the planes, once an account. */
  readonly planes: Counts;
}

/** Resources by type, and one `stack`. */
export function countTypes(resources: Readonly<Record<string, { readonly Type: string }>>): Counts {
  const counts: Record<string, number> = { stack: 1 };
  for (const { Type } of Object.values(resources)) counts[Type] = (counts[Type] ?? 0) + 1;
  return counts;
}

export function sumOfCounts(all: readonly Counts[]): Counts {
  const sums: Record<string, number> = {};
  for (const counts of all) for (const [type, count] of Object.entries(counts)) sums[type] = (sums[type] ?? 0) + count;
  return sums;
}

export interface Binding extends ResourceQuota {
  readonly each: number;
  /** Silos beside the planes and the pool. */
  readonly silos: number;
}

/** Where each quota binds, the first to bind first. */
export function bindings({ silo, planes }: ResourceCounts): Binding[] {
  const count = (counts: Counts, types: readonly string[]): number =>
    types.reduce((sum, type) => sum + (counts[type] ?? 0), 0);
  return resourceQuotas
    .map((quota) => {
      const each = count(silo, quota.types);
      if (each === 0) throw new Error(`The tenant template has no ${quota.types.join(' or ')}: take ${quota.name} out`);
      return { ...quota, each, silos: Math.floor((quota.quota - count(planes, quota.types)) / each) - 1 };
    })
    .sort((left, right) => left.silos - right.silos);
}

const number = (value: number): string => value.toLocaleString('en-US');

const ask = (adjustable: boolean): string => (adjustable ? 'yes' : 'no');

/** The two Markdown tables of docs/scale.md. */
export function quotaTables(counts: ResourceCounts): string {
  const silos = bindings(counts).map(({ name, quota, adjustable, each, silos: binds, source, then }) => [
    ...[name, number(quota), ask(adjustable), number(each), `**${number(binds)}**`, then, `[${source}]`],
  ]);
  const others = otherQuotas.map((quota) => [
    ...[quota.name, `${number(quota.quota)} ${quota.per}`, ask(quota.adjustable), bindsAt(quota), quota.then],
    `[${quota.source}]`,
  ]);
  const used = new Set([...resourceQuotas, ...otherQuotas].map(({ source }) => source));
  return [
    table(['quota', 'default', 'more on request', 'a silo has', 'silos', 'then', 'source'], silos),
    '',
    table(['quota', 'default', 'more on request', 'binds at', 'then', 'source'], others),
    '',
    ...[...used].sort().map((source) => `- [${source}]: ${sources[source]}.`),
  ].join('\n');
}

function bindsAt({ quota, each, of }: OtherQuota): string {
  return `**${number(quota / each)}** ${of}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

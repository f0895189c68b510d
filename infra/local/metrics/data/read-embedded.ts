import { metricOf } from './metric.ts';
import type { Measurement } from './series.ts';

interface Directive {
  readonly Namespace?: unknown;
  readonly Dimensions?: unknown;
  readonly Metrics?: unknown;
}

/**
 * The metrics in a log line, none if it is no embedded metric format. Source: CloudWatch user guide, "Specification:
 * Embedded metric format". A line that does not keep to the specification is a log line and no more, as on AWS.
 */
export function readEmbeddedMetrics(line: string): Measurement[] {
  if (!line.includes('"CloudWatchMetrics"') || !line.startsWith('{')) return [];
  let root: Readonly<Record<string, unknown>>;
  try {
    root = JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return [];
  }
  const { CloudWatchMetrics, Timestamp } = (root['_aws'] ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(CloudWatchMetrics) || typeof Timestamp !== 'number') return [];
  return (CloudWatchMetrics as readonly Directive[]).flatMap((directive) => readDirective(root, directive, Timestamp));
}

function readDirective(
  root: Readonly<Record<string, unknown>>,
  { Namespace, Dimensions, Metrics }: Directive,
  time: number,
): Measurement[] {
  if (typeof Namespace !== 'string' || !Array.isArray(Metrics)) return [];
  const sets = Array.isArray(Dimensions) && Dimensions.length > 0 ? (Dimensions as readonly unknown[]) : [[]];
  const names = (Metrics as readonly { readonly Name?: unknown }[]).map(({ Name }) => String(Name));
  return sets.filter(Array.isArray).flatMap((set: readonly unknown[]) => {
    const dimensions = set.map((name) => ({ name: String(name), value: root[String(name)] }));
    if (!dimensions.every(isText)) return [];
    return names.flatMap((name) => {
      const values = [root[name]].flat().filter((value) => typeof value === 'number');
      if (values.length === 0) return [];
      return [
        { metric: metricOf(Namespace, name, dimensions), time, values: values.map((value) => ({ value, count: 1 })) },
      ];
    });
  });
}

function isText(dimension: { readonly name: string; readonly value: unknown }): dimension is {
  readonly name: string;
  readonly value: string;
} {
  return typeof dimension.value === 'string';
}

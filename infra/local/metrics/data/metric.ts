import { AwsError } from '../../errors.ts';

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** In order of their names. */
  readonly dimensions: readonly Dimension[];
}

export interface Dimension {
  readonly name: string;
  readonly value: string;
}

/** A metric as the API writes it. */
export interface MetricInput {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name?: string; readonly Value?: string }[];
}

/** Source: CloudWatch API reference, MetricDatum. */
const mostDimensions = 30;

export function readMetric({ Namespace, MetricName, Dimensions = [] }: MetricInput): Metric {
  if (!Namespace) throw new AwsError('MissingParameter', 'The parameter Namespace is required.');
  if (!MetricName) throw new AwsError('MissingParameter', 'The parameter MetricName is required.');
  if (Dimensions.length > mostDimensions) {
    throw new AwsError('InvalidParameterValue', `${Dimensions.length} dimensions: at most ${mostDimensions}.`);
  }
  const dimensions = Dimensions.map(({ Name, Value }) => {
    if (!Name || !Value) throw new AwsError('MissingParameter', 'A dimension needs a Name and a Value.');
    return { name: Name, value: Value };
  });
  return metricOf(Namespace, MetricName, dimensions);
}

export function metricOf(namespace: string, name: string, dimensions: readonly Dimension[]): Metric {
  return { namespace, name, dimensions: [...dimensions].sort((left, right) => (left.name < right.name ? -1 : 1)) };
}

export function metricKey({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, ...dimensions.flatMap((dimension) => [dimension.name, dimension.value])]);
}

export function describeMetric({ namespace, name, dimensions }: Metric) {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: dimensions.map((dimension) => ({ Name: dimension.name, Value: dimension.value })),
  };
}

import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { Outputs } from '../../infra/start/outputs.ts';
import { sdkSettings } from '../../test/support/sdk.ts';

export interface Invocations {
  readonly count: number;
  readonly milliseconds: number;
}

/** All invocations so far by the folder of the function's source, out of CloudWatch's metrics: as on AWS. */
export async function openLambdaMeter(outputs: Outputs): Promise<() => Promise<Map<string, Invocations>>> {
  const settings = sdkSettings(outputs);
  const cloudwatch = new CloudWatchClient(settings);
  const functions: (readonly [string, string])[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient(settings) }, {})) {
    for (const { FunctionName = '', Environment } of Functions) {
      const folder = Environment?.Variables?.['POWERTOOLS_SERVICE_NAME'];
      if (folder !== undefined) functions.push([FunctionName, folder]);
    }
  }
  const query = (metric: string, functionName: string, index: number): MetricDataQuery => ({
    Id: `${metric.toLowerCase()}${index}`,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      },
      Period: 3600,
      Stat: 'Sum',
    },
  });
  const queries = functions.flatMap(([name], index) => [
    query('Invocations', name, index),
    query('Duration', name, index),
  ]);
  return async () => {
    const now = Date.now();
    const { MetricDataResults = [] } = await cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(now - 2 * 60 * 60 * 1000),
        EndTime: new Date(now + 60 * 1000),
      }),
    );
    const sums = new Map(
      MetricDataResults.map(({ Id, Values = [] }) => [Id, Values.reduce((sum, value) => sum + value, 0)]),
    );
    const totals = new Map<string, Invocations>();
    for (const [index, [, folder]] of functions.entries()) {
      const known = totals.get(folder) ?? { count: 0, milliseconds: 0 };
      totals.set(folder, {
        count: known.count + (sums.get(`invocations${index}`) ?? 0),
        milliseconds: known.milliseconds + (sums.get(`duration${index}`) ?? 0),
      });
    }
    return totals;
  };
}

import { AwsError } from '../../errors.ts';
import type { Environment, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { alarmArn, readAlarm, type AlarmInput } from './alarm.ts';
import type { AlarmStore } from './alarm-store.ts';

/** AWS::CloudWatch::Alarm, of one metric. */
export function alarmProvider(alarms: AlarmStore, environment: Environment): ResourceProvider {
  const write = async (name: string, properties: JsonObject, token?: string): Promise<ResourceResult> => {
    await alarms.configure(readAlarm({ ...(properties as AlarmInput), AlarmName: name }), token);
    return { physicalId: name, attributes: { Arn: alarmArn(environment, name) } };
  };

  return {
    type: 'AWS::CloudWatch::Alarm',
    properties: [
      ...['AlarmName', 'AlarmDescription', 'ActionsEnabled', 'AlarmActions', 'OKActions', 'InsufficientDataActions'],
      ...['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'ExtendedStatistic', 'Period', 'Unit', 'Threshold'],
      ...['ComparisonOperator', 'EvaluationPeriods', 'DatapointsToAlarm', 'TreatMissingData', 'Tags'],
    ],
    replacedBy: ['AlarmName'],
    create: async ({ stackName, logicalId, token, properties }) => {
      const given = properties['AlarmName'];
      const name = typeof given === 'string' ? given : `${stackName}-${logicalId}-${token.slice(0, 12)}`;
      const existing = alarms.find(name);
      if (existing && existing.token !== token) {
        throw new AwsError('AlreadyExistsException', `There is an alarm ${name} already.`);
      }
      return await write(name, properties, token);
    },
    update: ({ physicalId, properties }) => write(physicalId, properties),
    delete: ({ physicalId }) => alarms.delete(physicalId),
  };
}

import { AwsError } from '../errors.ts';
import type { Call, Environment, Operation } from '../service.ts';
import type { LogGroups } from './groups.ts';

interface GroupInput {
  readonly logGroupName?: string;
  readonly logGroupNamePrefix?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

/** Source: CloudWatch Logs API reference, DescribeLogGroups: 50 groups at most. */
const mostGroups = 50;
/** Source: CloudWatch Logs API reference, CreateLogGroup. */
const nameRule = /^[.\-_/#A-Za-z0-9]{1,512}$/;

/** CreateLogGroup, DescribeLogGroups and DeleteLogGroup. */
export function groupOperations(
  { partition, region, accountId }: Environment,
  groups: LogGroups,
  remove: (group: string) => Promise<void>,
): Record<string, Operation> {
  const arnOf = (name: string): string => `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`;
  const nameFor = (call: Call, action: string, { logGroupName: name = '' }: GroupInput): string => {
    call.authorize(`logs:${action}`, `${arnOf(name)}:log-stream:`);
    if (nameRule.test(name)) return name;
    throw new AwsError(
      'InvalidParameterException',
      `Value '${name}' at 'logGroupName' failed to satisfy constraint: expected 1 to 512 letters, digits, . - _ / #`,
    );
  };

  return {
    async CreateLogGroup(call: Call, input: GroupInput) {
      await groups.create({ name: nameFor(call, 'CreateLogGroup', input) });
      return {};
    },

    async DeleteLogGroup(call: Call, input: GroupInput) {
      const name = nameFor(call, 'DeleteLogGroup', input);
      if (!groups.has(name)) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      await remove(name);
      return {};
    },

    DescribeLogGroups(call: Call, { logGroupNamePrefix: prefix = '', limit = mostGroups, nextToken }: GroupInput) {
      call.authorize('logs:DescribeLogGroups', `${arnOf(prefix)}:log-stream:`);
      // The token is the name after which the next page begins.
      const rest = groups.startingWith(prefix).filter(({ name }) => nextToken === undefined || name > nextToken);
      const page = rest.slice(0, Math.min(limit, mostGroups));
      return {
        logGroups: page.map(({ name, createdAt, retentionInDays }) => ({
          logGroupName: name,
          arn: `${arnOf(name)}:*`,
          logGroupArn: arnOf(name),
          creationTime: createdAt,
          retentionInDays,
        })),
        ...(page.length < rest.length && { nextToken: page.at(-1)?.name }),
      };
    },
  };
}

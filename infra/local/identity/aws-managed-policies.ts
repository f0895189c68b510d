import type { JsonObject } from '../service.ts';

/**
 * The policies that AWS itself manages and that CDK's templates name.
 * Source: "AWS managed policy reference guide". Actions of services that this cloud lacks are left out.
 */
export const awsManagedPolicies: ReadonlyMap<string, JsonObject> = new Map([
  define('AdministratorAccess', ['*']),
  define('service-role/AWSLambdaBasicExecutionRole', [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  define('service-role/AWSLambdaVPCAccessExecutionRole', [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ]),
  define('service-role/AWSLambdaDynamoDBExecutionRole', [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  define('service-role/AWSLambdaSQSQueueExecutionRole', [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  define('service-role/AWSAppSyncPushToCloudWatchLogs', [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  define('service-role/AmazonAPIGatewayPushToCloudWatchLogs', [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
    'logs:PutLogEvents',
    'logs:GetLogEvents',
    'logs:FilterLogEvents',
  ]),
  define('AWSXRayDaemonWriteAccess', [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ]),
  define('CloudWatchLambdaInsightsExecutionRolePolicy', [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
]);

function define(path: string, actions: readonly string[]): [string, JsonObject] {
  return [
    `arn:aws:iam::aws:policy/${path}`,
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
  ];
}

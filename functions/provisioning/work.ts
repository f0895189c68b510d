import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '../layer/clock.ts';
import type { DynamoDBDocumentClient } from '../layer/documents.ts';
import type { RunTables } from '../layer/runs/new-run.ts';
import type { RunItem } from '../layer/runs/run-item.ts';
import type { CallGraphql } from '../layer/signed-graphql.ts';

/** All that the program works with. */
export interface Services {
  readonly cloudFormation: CloudFormationClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly documents: DynamoDBDocumentClient;
  readonly tables: RunTables;
  readonly releaseBucket: string;
  readonly region: string;
  /** What CloudFormation works as. */
  readonly stackRoleArn: string;
  readonly clock: Clock;
  /** Milliseconds between two looks at what another service does: short at first, as the local cloud is quick. */
  readonly pause: (look: number) => Promise<void>;
  /** A GraphQL API, called as the build's role. */
  readonly graphql: (url: string) => CallGraphql;
  readonly fetch: typeof globalThis.fetch;
}

/** A run under way, as its steps see it. */
export interface Work {
  readonly services: Services;
  /** As it is recorded at this moment. */
  readonly run: RunItem;
  readonly stackName: string;
  /** One line of the run's log. Never a secret. */
  log(line: string): void;
  /** Keeps what a later step or attempt must know; written before it answers. */
  keep(notes: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Does one step so that it can be done again, from wherever it was left; answers what it came to, in a few words. */
export type DoStep = (work: Work) => Promise<string>;

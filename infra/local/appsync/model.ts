import type { Json } from '../service.ts';

/** The ways to be let in that this cloud offers; OpenID Connect and Cognito user pools are refused by name. */
export type AuthorizationMode = 'AWS_LAMBDA' | 'AWS_IAM' | 'API_KEY';

export interface LambdaAuthorizer {
  readonly functionArn: string;
  /** How long an answer holds unless it says otherwise; 0: not at all. */
  readonly resultTtlSeconds: number;
  /** A token that does not match is refused without asking the function. */
  readonly identityValidationExpression?: string;
}

export interface Api {
  readonly apiId: string;
  readonly name: string;
  readonly defaultMode: AuthorizationMode;
  readonly additionalModes: readonly AuthorizationMode[];
  readonly lambdaAuthorizer?: LambdaAuthorizer;
  readonly fieldLogLevel: 'NONE' | 'ERROR' | 'ALL';
  readonly excludeVerboseContent: boolean;
  readonly xrayEnabled: boolean;
  readonly visibility: 'GLOBAL' | 'PRIVATE';
  readonly introspection: boolean;
  /** 0: no limit. */
  readonly queryDepthLimit: number;
  /** 0: AppSync's own limit of 10,000. */
  readonly resolverCountLimit: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly ownerContact?: string;
}

export interface Schema {
  readonly definition: string;
}

export interface ApiKey {
  readonly apiId: string;
  /** What a client sends: `da2-…`. */
  readonly id: string;
  readonly description?: string;
  /** Seconds since the epoch, on the hour. */
  readonly expires: number;
}

interface DataSourceBase {
  readonly apiId: string;
  readonly name: string;
  readonly description?: string;
}

export type DataSourceRecord = DataSourceBase &
  (
    | { readonly type: 'NONE' }
    | { readonly type: 'AMAZON_DYNAMODB'; readonly roleArn: string; readonly tableName: string }
    | { readonly type: 'AWS_LAMBDA'; readonly roleArn: string; readonly functionArn: string }
    | { readonly type: 'AMAZON_EVENTBRIDGE'; readonly roleArn: string; readonly eventBusArn: string }
  );

export interface FunctionRecord {
  readonly apiId: string;
  readonly functionId: string;
  readonly name: string;
  readonly description?: string;
  readonly dataSourceName: string;
  readonly code: string;
  readonly maxBatchSize: number;
}

interface ResolverBase {
  readonly apiId: string;
  readonly typeName: string;
  readonly fieldName: string;
  readonly code: string;
}

export type ResolverRecord = ResolverBase &
  (
    | { readonly kind: 'UNIT'; readonly dataSourceName: string; readonly maxBatchSize: number }
    | { readonly kind: 'PIPELINE'; readonly functionIds: readonly string[] }
  );

/** An error as a data source or resolver code reports it. */
export interface FieldError {
  readonly message: string;
  readonly type: string;
  readonly data?: Json;
  readonly errorInfo?: Json;
}

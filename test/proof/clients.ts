import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Where the proof is run: what `npm start` writes to its outputs file, or the same of a deployment to AWS. */
export interface Deployment {
  /** Absent on AWS. */
  readonly endpoint?: string;
  readonly region: string;
  readonly controlPlane: {
    readonly graphqlUrl: string;
    readonly realtimeUrl: string;
    readonly apiKey: string;
    readonly userPoolId: string;
    readonly userPoolClientId: string;
  };
  readonly operator: { readonly email: string; readonly password: string };
}

/** The account's own view, to compare what is stored before and after. */
export interface Clients {
  readonly cognito: CognitoIdentityProviderClient;
  readonly dynamodb: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
}

/** With the credentials that the SDK finds; the local cloud's root where there is an endpoint. */
export function createClients({ endpoint, region }: Deployment): Clients {
  const settings =
    endpoint === undefined
      ? { region }
      : { region, endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const dynamodb = new DynamoDBClient(settings);
  return {
    cognito: new CognitoIdentityProviderClient(settings),
    dynamodb,
    documents: DynamoDBDocumentClient.from(dynamodb),
  };
}

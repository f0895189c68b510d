import { AppSyncClient, GetGraphqlApiCommand } from '@aws-sdk/client-appsync';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Outputs } from '../../infra/start/outputs.ts';
import { sdkSettings } from '../../test/support/sdk.ts';

/** The environment of the pooled API's authorizer, as it is deployed. The benchmark's own keys take the place of its role's. */
export async function authorizerOf(outputs: Outputs): Promise<Record<string, string>> {
  const settings = sdkSettings(outputs);
  const { graphqlApi } = await new AppSyncClient(settings).send(
    new GetGraphqlApiCommand({ apiId: outputs.pooled.apiId }),
  );
  const FunctionName = graphqlApi?.lambdaAuthorizerConfig?.authorizerUri;
  const { Environment } = await new LambdaClient(settings).send(new GetFunctionConfigurationCommand({ FunctionName }));
  return {
    ...Environment?.Variables,
    AWS_ENDPOINT_URL: outputs.endpoint,
    AWS_REGION: outputs.region,
    AWS_ACCESS_KEY_ID: settings.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: settings.credentials.secretAccessKey,
  };
}

import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { Logins } from './logins.ts';
import type { ApiOutputs } from './outputs.ts';
import { seedDemo } from './seed-demo.ts';
import { seedOperator } from './seed-operator.ts';

export interface SeedOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly controlPlane: ApiOutputs & { readonly apiKey: string };
  readonly pooled: ApiOutputs;
  readonly logins: Logins;
  readonly demo: boolean;
}

/** The first operator, and the demo tenants where they are wanted. */
export async function seed({ endpoint, region, controlPlane, pooled, logins, demo }: SeedOptions): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const cognito = new CognitoIdentityProviderClient({ endpoint, region, credentials });
  await Promise.all([
    seedOperator(cognito, controlPlane.userPoolId, logins.operator),
    ...(demo ? [seedDemo({ cognito, controlPlane, pooled, password: logins.demo })] : []),
  ]);
  cognito.destroy();
}

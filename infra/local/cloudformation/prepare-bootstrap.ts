import type { Environment, Parameters } from '../service.ts';

export interface BootstrapDependencies {
  readonly environment: Environment;
  readonly objects: { ensureBucket(name: string): Promise<void> };
  readonly parameters: Parameters;
}

/** What `cdk bootstrap` would have made: the version that templates check for, and the bucket of assets. */
export async function prepareBootstrap({ environment, objects, parameters }: BootstrapDependencies): Promise<void> {
  await objects.ensureBucket(`cdk-hnb659fds-assets-${environment.accountId}-${environment.region}`);
  if (parameters.get('/cdk-bootstrap/hnb659fds/version') !== '30')
    await parameters.put('/cdk-bootstrap/hnb659fds/version', '30');
}

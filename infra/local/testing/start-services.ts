import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCertificate } from '../front-door/certificate.ts';
import { createFrontDoor } from '../front-door/index.ts';
import type { Environment, Identity, LocalService, State } from '../service.ts';
import { createMemoryState } from '../state/memory.ts';
import { trustingIdentity } from './trusting-identity.ts';

export interface RunningServices {
  readonly endpoint: string;
  readonly port: number;
  readonly environment: Environment;
  /** Faults of the host's own since the start: a suite expects none. */
  readonly faults: readonly unknown[];
  stop(): Promise<void>;
}

/**
 * The front door on a free port with the services that `build` makes, for suites that drive them with the real AWS SDK
 * (any credentials). With an identity of one's own, SigV4 and policies are checked too.
 */
export async function startServices(
  build: (environment: Environment, state: State) => readonly LocalService[] | Promise<readonly LocalService[]>,
  identity: Identity = trustingIdentity,
): Promise<RunningServices> {
  const folder = await mkdtemp(join(tmpdir(), 'local-cloud-'));
  const certificate = await loadCertificate(folder, 'us-east-1');
  const faults: unknown[] = [];
  const accountId = '000000000000';
  const frontDoor = await createFrontDoor({ port: 0, accountId, certificate, onFault: (fault) => faults.push(fault) });
  const environment: Environment = {
    accountId,
    region: 'us-east-1',
    partition: 'aws',
    endpoint: `http://localhost:${frontDoor.port}`,
    certificateAuthority: certificate.authority,
    folder,
  };
  const services = await build(environment, createMemoryState(folder));
  frontDoor.open(identity, services);
  for (const service of services) await service.start?.();

  return {
    endpoint: environment.endpoint,
    port: frontDoor.port,
    environment,
    faults,
    stop: async () => {
      for (const service of [...services].reverse()) await service.stop?.();
      await frontDoor.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

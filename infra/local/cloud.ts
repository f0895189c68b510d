import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stop as stopBundler } from 'esbuild';
import { createAppsync } from './appsync/index.ts';
import { createCloudFormation, type StackEngine } from './cloudformation/index.ts';
import { prepareBootstrap } from './cloudformation/prepare-bootstrap.ts';
import { createCognito } from './cognito/index.ts';
import { createDistributions } from './distribution/index.ts';
import { callEngine } from './dynamodb/engine-client.ts';
import { startEngine } from './dynamodb/engine.ts';
import { createDynamodb } from './dynamodb/index.ts';
import { SetupError } from './errors.ts';
import { createEvents } from './events/index.ts';
import { createFirewall } from './firewall/index.ts';
import { loadCertificate } from './front-door/certificate.ts';
import { createFrontDoor, type FrontDoor } from './front-door/index.ts';
import { createIdentity } from './identity/index.ts';
import { createLambda } from './lambda/index.ts';
import { createLogs } from './logs/index.ts';
import { createMail } from './mail/index.ts';
import { createMetrics } from './metrics/index.ts';
import { createParameters } from './parameters/index.ts';
import { createPipelines } from './pipeline/index.ts';
import type { Environment, LocalService, Objects } from './service.ts';
import { openDurableState } from './state/durable.ts';
import { createStorage } from './storage/index.ts';

export interface CloudOptions {
  /** Everything durable goes here. */
  readonly folder: string;
  /** 0: any free one; the one of the last time, where that is free. */
  readonly port: number;
  /** Tables and the cloud's own state in memory; the folder holds only what must be files. */
  readonly ephemeral: boolean;
}

export interface Cloud {
  readonly environment: Environment;
  readonly stacks: StackEngine;
  readonly objects: Objects;
  stop(): Promise<void>;
}

const accountId = '000000000000';
const region = 'us-east-1';

/** Builds every service, hands each what it asks for, and opens the front door: the one place that knows them all. */
export async function startCloud({ folder, port, ephemeral }: CloudOptions): Promise<Cloud> {
  await mkdir(folder, { recursive: true });
  const onRestart = (reason: string): void =>
    void process.stderr.write(`The DynamoDB engine is started again: ${reason}\n`);
  const [engine, certificate] = await Promise.all([
    startEngine({ folder: ephemeral ? null : join(folder, 'dynamodb'), onRestart }),
    loadCertificate(join(folder, 'certificate'), region),
  ]);
  const onFault = (error: unknown, requestId: string): void => {
    logs.write('local-cloud', requestId, [error instanceof Error ? error.stack ?? error.message : String(error)]);
  };
  const state = await openDurableState(folder, (operation, input) => callEngine(engine.endpoint, operation, input));
  const frontDoor = await openFrontDoor(folder, port, (chosen) =>
    createFrontDoor({ port: chosen, accountId, certificate, onFault }),
  );
  const environment: Environment = {
    accountId,
    region,
    partition: 'aws',
    endpoint: `http://localhost:${frontDoor.port}`,
    certificateAuthority: certificate.authority,
    folder,
  };

  const clock = { now: () => Date.now() };
  const common = { state, environment, clock };
  const logs = createLogs({ ...common, onMessages: (messages) => metrics.readLog(messages) });
  const mail = createMail(common);
  const parameters = createParameters(common);
  const identity = createIdentity({ ...common, logs });
  const objects = createStorage(common);
  const tables = createDynamodb({ ...common, identity, engine: engine.endpoint });
  const functions = createLambda({
    ...common,
    identity,
    tables,
    objects,
    logs,
    metrics: { record: (...recorded) => metrics.record(...recorded) },
    randomBytes,
    initializesAhead: logs,
  });
  const events = createEvents({ ...common, identity, functions, logs });
  const metrics = createMetrics({ ...common, events });
  const cognito = createCognito({ ...common, functions, mail, logs, randomBytes });
  const firewall = createFirewall(common);
  const appsync = createAppsync({
    ...common,
    identity,
    tables,
    functions,
    events,
    firewall,
    objects,
    logs,
    randomBytes,
  });
  const pipelines = createPipelines({
    ...common,
    identity,
    objects,
    parameters,
    events,
    logs,
    newId: randomUUID,
    concurrentBuilds: 4,
  });
  const distributions = createDistributions({ state, environment, objects });
  const stacks = createCloudFormation({ ...common, providers: () => providers, parameters, functions, objects });

  // In the order in which they start; they stop in the reverse.
  const services: readonly LocalService[] = [
    logs,
    mail,
    parameters,
    identity,
    objects,
    tables,
    functions,
    events,
    metrics,
    cognito,
    firewall,
    appsync,
    pipelines,
    distributions,
    stacks,
  ];
  const providers = services.flatMap((service) => service.providers ?? []);
  await prepareBootstrap({ environment, objects, parameters });
  frontDoor.open(identity, services);
  for (const service of services) await service.start?.();
  // The services have made what they run; the bundler's processes take some 80 MB.
  await stopBundler();

  return {
    environment,
    stacks,
    objects,
    stop: async () => {
      for (const service of [...services].reverse()) await service.stop?.();
      await frontDoor.close();
      await engine.stop();
    },
  };
}

/** URLs that were given out stay right when the cloud comes back on the port that it had. */
async function openFrontDoor(
  folder: string,
  port: number,
  open: (port: number) => Promise<FrontDoor>,
): Promise<FrontDoor> {
  const file = join(folder, 'port');
  const last = existsSync(file) ? Number(await readFile(file, 'utf8')) : 0;
  const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  let frontDoor: FrontDoor | undefined;
  if (port === 0 && last > 0) {
    frontDoor = await open(last).catch((error: unknown) => {
      if (isTaken(error)) return undefined;
      throw error;
    });
  }
  frontDoor ??= await open(port).catch((error: unknown) => {
    if (isTaken(error))
      throw new SetupError(`Port ${port} is in use: choose another with --port N, or any free one with --port 0`);
    throw error;
  });
  await writeFile(file, String(frontDoor.port));
  return frontDoor;
}

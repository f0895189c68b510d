import { AwsError } from '../../errors.ts';
import type { Credentials } from '../../service.ts';
import type { UnpackCode } from '../code/unpack-code.ts';
import type { LambdaDependencies } from '../dependencies.ts';
import type { FunctionDocument } from '../model.ts';
import { createFunctionLog } from './function-log.ts';
import { startFunctionWorker, type FunctionWorker } from './function-worker.ts';
import { workerEnvironment } from './worker-environment.ts';
import type { WorkerProcesses } from './worker-processes.ts';

export type StartWorker = (document: FunctionDocument) => Promise<FunctionWorker>;

/** A worker with older credentials is renewed. */
const credentialsLifetime = 12 * 3600 * 1000;

/** Answers how to start a worker for a function: its code unpacked, its role's credentials issued, its log opened. */
export function createStartWorker(
  { environment, identity, logs, clock, randomBytes }: LambdaDependencies,
  unpack: UnpackCode,
  processes: WorkerProcesses,
): StartWorker {
  const redirection = {
    port: Number(new URL(environment.endpoint).port || 443),
    certificateAuthority: environment.certificateAuthority,
  };

  const issue = ({ name, role }: FunctionDocument): Credentials =>
    identity.issueCredentials(assumeFunctionRole(identity, role, name), credentialsLifetime);

  return async (document) => {
    const credentials = issue(document);
    const taskRoot = await unpack(document.code);
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${day}/[${document.version}]${randomBytes(16).toString('hex')}`;
    const { group, format, applicationLevel } = document.logging;
    return await startFunctionWorker({
      processes,
      document,
      variables: workerEnvironment(document, { taskRoot, logStream }, credentials, environment),
      start: {
        handler: document.handler,
        taskRoot,
        runtime: document.runtime,
        functionName: document.name,
        functionVersion: document.version,
        memorySize: document.memorySize,
        logGroup: group,
        logStream,
        logFormat: format,
        logLevel: applicationLevel,
        redirection,
      },
      expiresAt: credentials.expiresAt,
      log: createFunctionLog(document, logStream, logs, clock),
      clock,
    });
  };
}

/** The function role's session. Throws InvalidParameterValueException if Lambda may not assume the role. */
export function assumeFunctionRole(
  identity: LambdaDependencies['identity'],
  role: string,
  functionName: string,
): ReturnType<LambdaDependencies['identity']['assumeServiceRole']> {
  try {
    return identity.assumeServiceRole(role, 'lambda.amazonaws.com', functionName);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      'InvalidParameterValueException',
      `The role defined for the function cannot be assumed by Lambda. ${role}: ${error.message}`,
    );
  }
}

import { dirname } from 'node:path';
import { AwsError } from '../../../errors.ts';
import type { Credentials, Environment, Parameters, Principal } from '../../../service.ts';
import type { PipelineDependencies } from '../../dependencies.ts';
import type { Buildspec } from '../buildspec/parse-buildspec.ts';
import type { Build, EnvironmentVariable } from '../model.ts';

export interface BuildPlace {
  /** The source's folder. */
  readonly source: string;
  readonly secondarySources: Readonly<Record<string, string>>;
  readonly home: string;
  readonly temporary: string;
  /** The file of the authority that the front door's TLS answers chain to. */
  readonly certificateAuthority: string;
}

/**
 * All environment variables of a build's commands; nothing of the host's. The start's and project's variables win over the
 * buildspec's. Source: CodeBuild user guide, "Environment variables in build environments".
 */
export function buildVariables(
  { build, arn, log }: { readonly build: Build; readonly arn: string; readonly log: string },
  place: BuildPlace,
  own: Readonly<Record<string, string>>,
  credentials: Credentials,
  environment: Environment,
): Record<string, string> {
  const secondary = Object.entries(place.secondarySources);
  return {
    // The node that commands find is the one that runs this cloud.
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: place.home,
    TMPDIR: place.temporary,
    LANG: 'C.UTF-8',
    CI: 'true',
    AWS_ENDPOINT_URL: environment.endpoint,
    AWS_REGION: environment.region,
    AWS_DEFAULT_REGION: environment.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_EXECUTION_ENV: 'AWS_ECS_EC2',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NODE_EXTRA_CA_CERTS: place.certificateAuthority,
    ...own,
    CODEBUILD_BUILD_ARN: arn,
    CODEBUILD_BUILD_ID: build.id,
    CODEBUILD_BUILD_IMAGE: build.settings.environment.image,
    CODEBUILD_BUILD_NUMBER: String(build.number),
    CODEBUILD_BUILD_SUCCEEDING: '1',
    CODEBUILD_INITIATOR: build.initiator,
    CODEBUILD_LOG_PATH: log,
    CODEBUILD_RESOLVED_SOURCE_VERSION: build.resolvedSourceVersion ?? '',
    CODEBUILD_SOURCE_VERSION: build.sourceVersion ?? '',
    CODEBUILD_SRC_DIR: place.source,
    CODEBUILD_START_TIME: String(build.startedAt),
    ...Object.fromEntries(secondary.map(([name, folder]) => [`CODEBUILD_SRC_DIR_${name}`, folder])),
  };
}

export interface OwnVariables {
  readonly values: Readonly<Record<string, string>>;
  /** What no log may show. */
  readonly secrets: readonly string[];
}

/** Reads what comes from Parameter Store, as the service role. Throws AwsError CLIENT_ERROR for what is not there. */
export function ownVariables(
  build: Build,
  { env }: Buildspec,
  role: Principal,
  { identity, parameters, environment }: Pick<PipelineDependencies, 'identity' | 'parameters' | 'environment'>,
): OwnVariables {
  const { partition, region, accountId } = environment;
  const secrets: string[] = [];
  const read = (parameter: string): string => {
    const path = parameter.startsWith('/') ? parameter : `/${parameter}`;
    identity.authorize(role, 'ssm:GetParameters', `arn:${partition}:ssm:${region}:${accountId}:parameter${path}`);
    const value = valueOf(parameters, parameter);
    secrets.push(value);
    return value;
  };
  const given = ({ type, value }: EnvironmentVariable): string => (type === 'PARAMETER_STORE' ? read(value) : value);
  const values = {
    ...env.variables,
    ...Object.fromEntries(Object.entries(env['parameter-store']).map(([name, parameter]) => [name, read(parameter)])),
    ...Object.fromEntries(
      build.settings.environment.environmentVariables.map((variable) => [variable.name, given(variable)]),
    ),
  };
  return { values, secrets };
}

function valueOf(parameters: Pick<Parameters, 'get'>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw new AwsError('CLIENT_ERROR', `Parameter does not exist: ${name}`);
  return value;
}

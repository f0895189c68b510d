import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import pc from 'picocolors';
import { SetupError } from './local/errors.ts';
import { appLines, appsParameters, appUrls } from './start/apps.ts';
import { loadAssembly } from './start/assembly.ts';
import { claimFolder } from './start/claim-folder.ts';
import { loadLogins, saveLogins } from './start/logins.ts';
import { parseOptions, type StartOptions, usage } from './start/options.ts';
import { apiOutputs, type Outputs, writeOutputs } from './start/outputs.ts';
import { demoLogins } from './start/seed-demo.ts';
import { operatorEmail } from './start/seed-operator.ts';
import { stopOnSignal } from './start/stop-on-signal.ts';
import { untilPool } from './start/until-pool.ts';

const projectFolder = process.cwd();

async function start(options: StartOptions): Promise<void> {
  const startedAt = performance.now();
  const folder = await chooseFolder(options);
  await mkdir(folder, { recursive: true });
  const giveBack = claimFolder(folder);
  if (options.reset) await empty(folder);
  process.stdout.write(pc.dim('Starting the local cloud and deploying to it …\n'));

  // CDK runs in a process of its own while the cloud is being loaded and started here.
  const loading = loadAssembly(projectFolder, options);
  const { startCloud } = await import('./local/cloud.ts');
  const [cloud, assembly] = await Promise.all([
    startCloud({ folder, port: options.port, ephemeral: options.ephemeral }),
    loading,
  ]);
  stopOnSignal(async () => {
    await cloud.stop();
    if (options.ephemeral) await rm(folder, { recursive: true, force: true });
    else giveBack();
  });

  const { endpoint, region, certificateAuthority } = cloud.environment;
  const { deployAssembly } = await import('./local/cloudformation/deploy-assembly.ts');
  const stacks = await deployAssembly({
    folder: assembly,
    parameters: {
      'cotenant-control-plane': { UserPoolEndpoint: `${endpoint}/` },
      ...(options.apps && { 'cotenant-apps': appsParameters(endpoint) }),
      // Whoever changes the code and starts again wants to see it.
      // Alarms are evaluated at once here, and nobody waits for them on a laptop.
      'cotenant-provisioning': { PoolFollowsDeployments: 'true', AlarmWatchSeconds: '0' },
    },
    engine: cloud.stacks,
    objects: cloud.objects,
  });
  const controlPlaneOutputs = stacks['cotenant-control-plane'] ?? {};
  const controlPlane = {
    ...apiOutputs('cotenant-control-plane', controlPlaneOutputs),
    apiKey: controlPlaneOutputs['ApiKey'] ?? '',
  };
  const trouble = await untilPool({
    endpoint,
    region,
    mappingTable: controlPlaneOutputs['TenantStackMappingTable'] ?? '',
    runsTable: controlPlaneOutputs['ProvisioningRunsTable'] ?? '',
  });
  if (trouble !== undefined)
    process.stderr.write(pc.yellow(`The pool goes on with the release that it had. ${trouble}\n`));
  const pooled = apiOutputs('cotenant-pooled', cloud.stacks.outputs('cotenant-pooled') ?? {});

  const logins = await loadLogins(folder);
  if (!logins.seeded) {
    const { seed } = await import('./start/seed.ts');
    await seed({ endpoint, region, controlPlane, pooled, logins, demo: options.demo });
    await saveLogins(folder, { ...logins, seeded: true });
  }
  const outputs: Outputs = {
    endpoint,
    region,
    inboxUrl: `${endpoint}/inbox`,
    controlPlane,
    pooled,
    apps: appUrls(stacks['cotenant-apps']),
    operator: { email: operatorEmail, password: logins.operator },
    certificateAuthority,
    demo: options.demo ? demoLogins(logins.demo) : [],
  };
  const outputsFile = options.outputs ? resolve(options.outputs) : join(projectFolder, '.local', 'outputs.json');
  await writeOutputs(outputsFile, outputs);
  announce(outputs, outputsFile, performance.now() - startedAt);
}

async function chooseFolder({ ephemeral, folder }: StartOptions): Promise<string> {
  if (ephemeral) return await mkdtemp(join(tmpdir(), 'cotenant-'));
  return folder === undefined ? join(projectFolder, '.local', 'cloud') : resolve(folder);
}

async function empty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  claimFolder(folder);
}

function announce(outputs: Outputs, outputsFile: string, milliseconds: number): void {
  const { endpoint, inboxUrl, controlPlane, pooled, apps, operator, demo } = outputs;
  const line = (name: string, value: string): string => `  ${pc.dim(name.padEnd(18))} ${value}`;
  const lines = [
    '',
    `${pc.green('●')} ${pc.bold('Cotenant is ready')} ${pc.dim(`in ${(milliseconds / 1000).toFixed(1)} s`)}`,
    '',
    ...appLines(apps).map(([name, url]) => line(name, url)),
    line('AWS_ENDPOINT_URL', `${endpoint} ${pc.dim('(any key, with itself as its secret: test / test)')}`),
    line('Control plane', controlPlane.graphqlUrl),
    line('Application', `${pooled.graphqlUrl} ${pc.dim('(the pool)')}`),
    line('Inbox', inboxUrl),
    line('All of this', outputsFile.startsWith(projectFolder) ? relative(projectFolder, outputsFile) : outputsFile),
    '',
    line('Operator', `${operator.email}  ${operator.password}`),
    ...demo.map(({ slug, email, password }) => line(`Tenant ${slug}`, `${email}  ${password}`)),
    '',
    pc.dim('  Ctrl-C stops it; all data stays. `npm start -- --reset` starts over.'),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options) await start(options);
  else process.stdout.write(usage);
} catch (error) {
  const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ?? false;
  const isExplained = isUsage || error instanceof SetupError;
  process.stderr.write(
    `${pc.red('Cotenant could not start.')} ${
      error instanceof Error ? (isExplained ? error.message : error.stack ?? error.message) : String(error)
    }\n`,
  );
  if (isUsage) process.stderr.write(`\n${usage}`);
  process.exit(1);
}

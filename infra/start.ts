import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import pc from 'picocolors';
import { startCloud } from './local/cloud.ts';
import { deployAssembly } from './local/cloudformation/deploy-assembly.ts';
import { appLines, appsParameters, appUrls } from './start/apps.ts';
import { explained } from './start/explain.ts';
import { loadLogins, saveLogins } from './start/logins.ts';
import { apiOutputs, type Outputs, writeOutputs } from './start/outputs.ts';
import type { Prepared } from './start/prepare.ts';
import { demoLogins } from './start/seed-demo.ts';
import { operatorEmail } from './start/seed-operator.ts';
import { stopOnSignal } from './start/stop-on-signal.ts';
import { untilPool } from './start/until-pool.ts';

const projectFolder = process.cwd();

/** The start's second step: the local cloud, with all that is deployed to it. */
export async function start(prepared: Prepared): Promise<void> {
  await explained(() => startPrepared(prepared));
}

async function startPrepared({ options, folder, giveBack, assemblies }: Prepared): Promise<void> {
  const cloud = await startCloud({ folder, port: options.port, ephemeral: options.ephemeral });
  stopOnSignal(async () => {
    await cloud.stop();
    if (options.ephemeral) await rm(folder, { recursive: true, force: true });
    else giveBack();
  });

  const { endpoint, region, certificateAuthority } = cloud.environment;
  const deploy = async (
    assembly: Promise<string>,
    parameters: Record<string, Record<string, string>>,
  ): Promise<Record<string, Record<string, string>>> =>
    await deployAssembly({ folder: await assembly, parameters, engine: cloud.stacks, objects: cloud.objects });
  const stacks = await deploy(assemblies.controlPlane, {
    'cotenant-control-plane': { UserPoolEndpoint: `${endpoint}/` },
  });
  await deploy(assemblies.provisioning, {
    // Whoever changes the code and starts again wants to see it.
    // Alarms are evaluated at once here, and nobody waits for them on a laptop.
    'cotenant-provisioning': { PoolFollowsDeployments: 'true', AlarmWatchSeconds: '0' },
  });
  // The apps are deployed while the pipeline makes the pool.
  const site = assemblies.apps && deploy(assemblies.apps, { 'cotenant-apps': appsParameters(endpoint) });
  site?.catch(() => undefined);
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
    apps: appUrls((await site)?.['cotenant-apps']),
    operator: { email: operatorEmail, password: logins.operator },
    certificateAuthority,
    demo: options.demo ? demoLogins(logins.demo) : [],
  };
  const outputsFile = options.outputs ? resolve(options.outputs) : join(projectFolder, '.local', 'outputs.json');
  await writeOutputs(outputsFile, outputs);
  announce(outputs, outputsFile, process.uptime());
}

function announce(outputs: Outputs, outputsFile: string, seconds: number): void {
  const { endpoint, inboxUrl, controlPlane, pooled, apps, operator, demo } = outputs;
  const line = (name: string, value: string): string => `  ${pc.dim(name.padEnd(18))} ${value}`;
  const lines = [
    '',
    `${pc.green('●')} ${pc.bold('Cotenant is ready')} ${pc.dim(`in ${seconds.toFixed(1)} s`)}`,
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

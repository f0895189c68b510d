import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { startBareCloud } from '../test/support/start-bare-cloud.ts';
import {
  publishAssets,
  publishTemplate,
  removable,
  synthesizedTemplates,
  tenantTemplate,
} from '../test/support/templates.ts';
import { atMost, median, type Row, table } from './report/figures.ts';

const rounds = 5;
const many = 20;

/** How long CloudFormation takes for the tenant template, from CreateStack or DeleteStack to its end. */
async function bench(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cotenant-bench-'));
  const cloud = await startBareCloud(folder);
  const client = new CloudFormationClient(cloud.settings);
  try {
    const templates = Object.entries(await synthesizedTemplates());
    await publishAssets(cloud.settings);
    const urls = new Map<string, string>();
    for (const [name, template] of templates)
      urls.set(name, await publishTemplate(cloud.settings, name, removable(template)));

    const create = async (StackName: string, TemplateURL = ''): Promise<string> => {
      const request = { StackName, TemplateURL, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
      const { StackId = '' } = await client.send(new CreateStackCommand(request));
      return await until(client, StackId, 'CREATE_COMPLETE');
    };
    const remove = async (StackName: string): Promise<void> => {
      await client.send(new DeleteStackCommand({ StackName }));
      await until(client, StackName, 'DELETE_COMPLETE');
    };
    const controlPlane = await timed(() => create('cotenant-control-plane', urls.get('cotenant-control-plane')));
    const tenant = await publishTemplate(cloud.settings, 'tenant', removable(await tenantTemplate(cloud.settings)));
    const created: number[] = [];
    const deleted: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      let id = '';
      created.push(await timed(async () => (id = await create(`one-${round}`, tenant))));
      deleted.push(await timed(() => remove(id)));
    }
    const names = Array.from({ length: many }, (_, index) => `many-${index}`);
    let ids: string[] = [];
    const side = await timed(async () => (ids = await Promise.all(names.map((name) => create(name, tenant)))));
    const sideDeleted = await timed(async () => void (await Promise.all(ids.map(remove))));

    const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
    const sample = (values: readonly number[]): string =>
      `p50 ${seconds(median(values))}, worst ${seconds(Math.max(...values))} (n ${values.length})`;
    return [
      { name: 'Control plane created', figure: seconds(controlPlane) },
      { name: 'Tenant stack created, alone', figure: sample(created), goal: atMost(1.5, median(created) / 1000, ' s') },
      { name: 'Tenant stack deleted, alone', figure: sample(deleted) },
      {
        name: `${many} tenant stacks created at once`,
        figure: `${seconds(side)}: ${(side / median(created)).toFixed(1)} times as long as one`,
      },
      { name: `${many} tenant stacks deleted at once`, figure: seconds(sideDeleted) },
    ];
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function until(client: CloudFormationClient, StackName: string, wanted: string): Promise<string> {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    if (stack?.StackStatus === wanted) return stack.StackId ?? '';
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS'))
      throw new Error(`${StackName} is ${stack?.StackStatus}, not ${wanted}: ${stack?.StackStatusReason}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await task();
  return performance.now() - from;
}

process.stdout.write(table(await bench()));

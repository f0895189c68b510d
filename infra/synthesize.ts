import { type App, Tags } from 'aws-cdk-lib';
import { checkedApp } from './constructs/checked-app.ts';
import type { Part } from './parts.ts';
import { makeRelease } from './release/make-release.ts';
import { readCommit } from './release/read-commit.ts';
import { AppsStack } from './stacks/apps-stack.ts';
import { ControlPlaneStack } from './stacks/control-plane-stack.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';

export interface Synthesis {
  readonly outdir: string;
  readonly parts: readonly Part[];
  /** Resolves to where `bundleFunctions` put the functions. */
  readonly bundles: Promise<string>;
  /** Resolves to where `buildApps` put the apps; needed for those only. */
  readonly site?: Promise<string> | undefined;
}

/** Writes a cloud assembly of some parts, or all. */
export async function synthesize({ outdir, parts, bundles, site }: Synthesis): Promise<void> {
  const app = await checkedApp({ outdir });
  const props = { bundles: await bundles };
  const controlPlane = parts.includes('control-plane')
    ? new ControlPlaneStack(app, 'cotenant-control-plane', { ...props, description: 'Cotenant: the control plane' })
    : undefined;
  const others = [
    ...(parts.includes('provisioning') ? [await addPipeline(app, props)] : []),
    ...(parts.includes('apps') ? [await addApps(app, props, site)] : []),
  ];
  // They find the control plane in Parameter Store when they are deployed.
  if (controlPlane) for (const stack of others) stack.addStackDependency(controlPlane);
  Tags.of(app).add('application', 'cotenant');
  app.synth();
}

interface Bundles {
  readonly bundles: string;
}

async function addPipeline(app: App, props: Bundles): Promise<PipelineStack> {
  return new PipelineStack(app, 'cotenant-provisioning', {
    ...props,
    release: await makeRelease(props.bundles),
    commit: readCommit(),
    description: 'Cotenant: releases, and the pipeline that makes tenant stacks from them',
  });
}

async function addApps(app: App, props: Bundles, site: Synthesis['site']): Promise<AppsStack> {
  if (!site) throw new Error('The apps are to be synthesized, and nobody builds them: `site` is missing');
  return new AppsStack(app, 'cotenant-apps', {
    ...props,
    site: await site,
    description: 'Cotenant: the web apps',
  });
}

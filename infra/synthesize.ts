import { type App, Tags } from 'aws-cdk-lib';
import { checkedApp } from './constructs/checked-app.ts';
import { makeRelease } from './release/make-release.ts';
import { readCommit } from './release/read-commit.ts';
import { AppsStack } from './stacks/apps-stack.ts';
import { ControlPlaneStack } from './stacks/control-plane-stack.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';

export interface Synthesis {
  readonly outdir: string;
  /** Resolves to where `bundleFunctions` put the functions. */
  readonly bundles: Promise<string>;
  /** With the control plane, and the pipeline with the release that tenant stacks are made from. */
  readonly planes: boolean;
  /** Resolves to where `buildApps` put the apps; undefined: without the apps. */
  readonly site: Promise<string> | undefined;
}

/** Writes a cloud assembly. */
export async function synthesize({ outdir, bundles, planes, site }: Synthesis): Promise<void> {
  const app = await checkedApp({ outdir });
  const props = { bundles: await bundles };
  const controlPlane = planes ? await addPlanes(app, props) : undefined;
  if (site) {
    const description = 'Cotenant: the web apps';
    const apps = new AppsStack(app, 'cotenant-apps', { ...props, site: await site, description });
    if (controlPlane) apps.addStackDependency(controlPlane);
  }
  Tags.of(app).add('application', 'cotenant');
  app.synth();
}

async function addPlanes(app: App, props: { readonly bundles: string }): Promise<ControlPlaneStack> {
  const release = await makeRelease(props.bundles);
  const controlPlane = new ControlPlaneStack(app, 'cotenant-control-plane', {
    ...props,
    description: 'Cotenant: the control plane',
  });
  const provisioning = new PipelineStack(app, 'cotenant-provisioning', {
    ...props,
    release,
    commit: readCommit(),
    description: 'Cotenant: releases, and the pipeline that makes tenant stacks from them',
  });
  // It finds the control plane's tables in Parameter Store when it is deployed.
  provisioning.addStackDependency(controlPlane);
  return controlPlane;
}

import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { checksAreWanted } from './checks.ts';

/** What CDK's own command line must not turn off. */
const rules = { '@aws-cdk/core:validateAgainstDefaultRules': true };

/** An app whose synth refuses, where checks are wanted, templates that cdk-nag's AwsSolutions or CloudFormation's own rules find fault with. */
export async function checkedApp({ postCliContext, ...props }: AppProps): Promise<App> {
  const app = new App({
    analyticsReporting: false,
    // Findings are told with the construct that they are of; without checks nobody reads either, and both take time.
    stackTraces: checksAreWanted,
    treeMetadata: checksAreWanted,
    ...props,
    postCliContext: { ...postCliContext, ...rules },
  });
  if (checksAreWanted) {
    const { AwsSolutionsChecks } = await import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }
  return app;
}

import type { ActionDeclaration } from '../definition/declaration.ts';
import { approvalProvider } from './manual-approval.ts';
import { codeBuildProvider } from './codebuild.ts';
import type { ActionProvider } from './provider.ts';
import { s3SourceProvider } from './s3-source.ts';

const providers: Readonly<Record<string, ActionProvider>> = {
  'Source/AWS/S3/1': s3SourceProvider,
  'Build/AWS/CodeBuild/1': codeBuildProvider,
  'Test/AWS/CodeBuild/1': codeBuildProvider,
  'Approval/AWS/Manual/1': approvalProvider,
};

/** The action types that there are here. To add one: an ActionProvider and a line above. */
export function providerOf({
  category,
  owner,
  provider,
  version,
}: ActionDeclaration['actionTypeId']): ActionProvider | undefined {
  const key = `${category}/${owner}/${provider}/${version}`;
  return Object.hasOwn(providers, key) ? providers[key] : undefined;
}

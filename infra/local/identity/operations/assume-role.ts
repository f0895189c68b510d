import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import { requirePolicy } from '../policy/compile.ts';
import { documentOf, optionalText, requiredText, tagsOf, textsOf, type QueryInput } from './input.ts';
import type { StsServices } from './sts.ts';

const defaultDuration = 3600;
const shortestDuration = 900;
/** What a session that a session asked for may last. Source: STS API reference, AssumeRole, "role chaining". */
const longestChained = 3600;
const mostTags = 50;

/** STS AssumeRole, with a session policy and session tags. */
export const assumeRole =
  ({ store, sessions, assumeRole: assume }: StsServices) =>
  ({ principal: caller }: Call, input: QueryInput) => {
    const roleArn = requiredText(input, 'RoleArn');
    const sessionName = requiredText(input, 'RoleSessionName');
    if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
      throw new AwsError(
        'ValidationError',
        `RoleSessionName is ${sessionName}: expected 2 to 64 letters, digits or +=,.@-_`,
      );
    }
    for (const member of ['PolicyArns', 'SerialNumber', 'SourceIdentity', 'ProvidedContexts']) {
      if (input[member] !== undefined && input[member] !== '') {
        throw new AwsError('ValidationError', `${member} of AssumeRole is not supported here`);
      }
    }
    const policy = optionalText(input, 'Policy');
    const externalId = optionalText(input, 'ExternalId');
    const principal = assume.forPrincipal(caller, {
      roleArn,
      sessionName,
      tags: sessionTags(input),
      transitiveTags: textsOf(input, 'TransitiveTagKeys'),
      ...(policy === undefined ? {} : { policy: requirePolicy(documentOf(policy)) }),
      ...(externalId === undefined ? {} : { externalId }),
    });
    const longest =
      caller.roleArn === undefined ? store.roleByArn(roleArn)?.maxSessionDuration ?? defaultDuration : longestChained;
    const credentials = sessions.issue(principal, duration(input, longest) * 1000);
    return {
      Credentials: {
        AccessKeyId: credentials.accessKeyId,
        SecretAccessKey: credentials.secretAccessKey,
        SessionToken: credentials.sessionToken,
        Expiration: new Date(credentials.expiresAt),
      },
      AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
    };
  };

function sessionTags(input: QueryInput): Record<string, string> {
  const tags = tagsOf(input);
  if (Object.keys(tags).length > mostTags) {
    throw new AwsError('ValidationError', `There are ${Object.keys(tags).length} session tags: at most ${mostTags}`);
  }
  return tags;
}

function duration(input: QueryInput, longest: number): number {
  const text = optionalText(input, 'DurationSeconds');
  const seconds = text === undefined ? Math.min(defaultDuration, longest) : Number(text);
  if (!Number.isInteger(seconds) || seconds < shortestDuration) {
    throw new AwsError('ValidationError', `DurationSeconds is ${text ?? ''}: expected at least ${shortestDuration}`);
  }
  if (seconds > longest) {
    throw new AwsError(
      'ValidationError',
      `The requested DurationSeconds exceeds the MaxSessionDuration set for this role: ${seconds} > ${longest}`,
    );
  }
  return seconds;
}

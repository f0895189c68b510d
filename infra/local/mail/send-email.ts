import { randomUUID } from 'node:crypto';
import { AwsError } from '../errors.ts';
import type { Call, Environment } from '../service.ts';
import type { Inbox } from './inbox.ts';

interface Part {
  readonly Data?: string;
}

interface SendEmailInput {
  readonly FromEmailAddress?: string;
  readonly Destination?: { readonly ToAddresses?: readonly string[] };
  readonly Content?: {
    readonly Simple?: { readonly Subject?: Part; readonly Body?: { readonly Text?: Part; readonly Html?: Part } };
  };
}

/** SES v2 SendEmail, simple content only. */
export function sendEmail(inbox: Inbox, { partition, region, accountId }: Environment) {
  return async (call: Call, input: SendEmailInput): Promise<{ MessageId: string }> => {
    const { FromEmailAddress: from, Destination: destination, Content: content } = input;
    call.authorize(
      'ses:SendEmail',
      `arn:${partition}:ses:${region}:${accountId}:identity/${from?.split('@').at(-1) ?? ''}`,
    );
    const simple = content?.Simple;
    const recipients = destination?.ToAddresses ?? [];
    if (!from || recipients.length === 0) {
      throw new AwsError('BadRequestException', 'FromEmailAddress and Destination.ToAddresses are needed');
    }
    if (!simple)
      throw new AwsError(
        'BadRequestException',
        'Content.Simple is needed: raw and templated mail is not supported here',
      );
    const text = simple.Body?.Text?.Data ?? simple.Body?.Html?.Data ?? '';
    for (const to of recipients) await inbox.add({ from, to, subject: simple.Subject?.Data ?? '', text });
    return { MessageId: randomUUID() };
  };
}

import type { JsonObject, Mail } from '../../service.ts';
import type { Pool, User } from '../model.ts';
import type { Triggers } from '../triggers.ts';

export type MessageKind =
  | 'AdminCreateUser'
  | 'SignUp'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute';

export interface Delivery {
  readonly Destination: string;
  readonly DeliveryMedium: 'EMAIL';
  readonly AttributeName: 'email';
}

interface Message {
  readonly kind: MessageKind;
  readonly pool: Pool;
  readonly user: User;
  /** The temporary password or the code. */
  readonly secret: string;
  /** The address; the user's own if absent. */
  readonly to?: string;
  readonly clientId?: string;
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

export interface Messages {
  /** Answers where it went, masked. */
  send(message: Message): Promise<Delivery>;
}

const codePlace = '{####}';
const usernamePlace = '{username}';

/** The mails of a pool, from its templates or from its CustomMessage trigger. */
export function createMessages(mail: Mail, triggers: Triggers): Messages {
  return {
    async send(message) {
      const { pool, user, secret, kind } = message;
      const to = message.to ?? user.attributes['email'] ?? '';
      const template = { ...templateOf(pool, kind), ...(await customised(triggers, message)) };
      const fill = (text: string) =>
        text.replaceAll(codePlace, secret).replaceAll(usernamePlace, nameToSignInWith(pool, user));
      await mail.send({
        from: pool.settings.EmailConfiguration?.From ?? 'no-reply@verificationemail.com',
        to,
        subject: fill(template.subject),
        text: fill(template.text),
      });
      return delivery(to);
    },
  };
}

export function delivery(email: string): Delivery {
  return { Destination: masked(email), DeliveryMedium: 'EMAIL', AttributeName: 'email' };
}

/** `j***@e***`, as AWS shows where a code went. */
function masked(email: string): string {
  const [name = '', domain = ''] = email.toLowerCase().split('@');
  return `${name.charAt(0)}***@${domain.charAt(0)}***`;
}

/** Where the e-mail address is the username, the generated one would be of no use in a mail. */
function nameToSignInWith(pool: Pool, user: User): string {
  const attribute = pool.settings.UsernameAttributes?.find((name) => user.attributes[name]);
  return (attribute && user.attributes[attribute]) ?? user.username;
}

function templateOf({ settings }: Pool, kind: MessageKind): { subject: string; text: string } {
  if (kind === 'AdminCreateUser') {
    const invitation = settings.AdminCreateUserConfig?.InviteMessageTemplate;
    return {
      subject: invitation?.EmailSubject ?? 'Your temporary password',
      text: invitation?.EmailMessage ?? `Your username is ${usernamePlace} and temporary password is ${codePlace}.`,
    };
  }
  const verification = settings.VerificationMessageTemplate;
  const reset = kind === 'ForgotPassword';
  return {
    subject:
      verification?.EmailSubject ??
      settings.EmailVerificationSubject ??
      (reset ? 'Your password reset code' : 'Your verification code'),
    text:
      verification?.EmailMessage ??
      settings.EmailVerificationMessage ??
      (reset ? `Your password reset code is ${codePlace}.` : `Your confirmation code is ${codePlace}.`),
  };
}

async function customised(triggers: Triggers, message: Message): Promise<{ subject?: string; text?: string }> {
  const functionArn = message.pool.settings.LambdaConfig?.CustomMessage;
  if (!functionArn) return {};
  const response: JsonObject = await triggers.run({
    name: 'CustomMessage',
    functionArn,
    version: '1',
    source: `CustomMessage_${message.kind}`,
    pool: message.pool,
    user: message.user,
    ...(message.clientId && { clientId: message.clientId }),
    ...(message.clientMetadata && { clientMetadata: message.clientMetadata }),
    request: {
      codeParameter: codePlace,
      usernameParameter: message.kind === 'AdminCreateUser' ? usernamePlace : null,
      linkParameter: '',
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  const { emailSubject, emailMessage } = response;
  return {
    ...(typeof emailSubject === 'string' && emailSubject && { subject: emailSubject }),
    ...(typeof emailMessage === 'string' && emailMessage && { text: emailMessage }),
  };
}

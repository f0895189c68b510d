import { restJsonProtocol } from '../front-door/protocols/rest-json.ts';
import type { Clock, Environment, LocalService, Mail, State } from '../service.ts';
import { createInbox } from './inbox.ts';
import { inboxRoute } from './route.ts';
import { sendEmail } from './send-email.ts';

export interface MailDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
}

/** Stands in for SES and for Cognito's mailer: keeps every mail, and shows them at `/inbox`. */
export function createMail({ state, environment, clock }: MailDependencies): LocalService & Mail {
  const inbox = createInbox(state, clock);
  return {
    name: 'mail',
    apis: [
      restJsonProtocol({
        signingName: 'ses',
        routes: [{ method: 'POST', path: '/v2/email/outbound-emails', operation: sendEmail(inbox, environment) }],
      }),
    ],
    routes: [inboxRoute(inbox)],
    send: (message) => inbox.add(message),
  };
}

import { TooManyRequestsError } from '../ui/graphql/errors.ts';
import { type Explanation, explain } from '../ui/graphql/explain.ts';

const tooMany =
  'More was sent from where you are, or for this e-mail address, than is taken at once. Stay on this page, and send it again then.';

/** An error as somebody is told of it who has no workspace yet, and so no tier whose limits it could be. */
export function explainToVisitor(error: unknown, now?: Date): Explanation {
  const explanation = explain(error, now);
  if (!(error instanceof TooManyRequestsError)) return explanation;
  return { ...explanation, cause: 'This is a busy moment here.', nextStep: tooMany };
}

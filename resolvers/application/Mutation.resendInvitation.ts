import { invokeUsers, takeAnswer, type UsersContext } from '../lib/people/invokeUsers.ts';

export function request(ctx: UsersContext) {
  return invokeUsers(ctx);
}

export function response(ctx: UsersContext) {
  return takeAnswer(ctx);
}

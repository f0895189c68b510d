import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { type ApiContext, authorizedStack, listOf, requiredText, stackArn, type StackInput } from './context.ts';
import { readStackRequest, type StackRequestInput } from './stack-request.ts';

/** Operations that change stacks. */
export function stackOperations(api: ApiContext): Record<string, Operation> {
  const { context, runner } = api;
  return {
    async CreateStack(call: Call, input: StackRequestInput) {
      call.authorize('cloudformation:CreateStack', stackArn(context, requiredText('StackName', input.StackName)));
      const { stackId } = await runner.create(await readStackRequest(api, call, input));
      return { StackId: stackId };
    },

    async UpdateStack(call: Call, input: StackRequestInput) {
      const stack = authorizedStack(api, call, 'UpdateStack', input.StackName);
      const { stackId } = await runner.update(stack, await readStackRequest(api, call, input, stack));
      return { StackId: stackId };
    },

    /** A stack that is not there is deleted already. */
    async DeleteStack(
      call: Call,
      input: StackInput & { readonly RetainResources?: readonly string[]; readonly ClientRequestToken?: string },
    ) {
      const name = requiredText('StackName', input.StackName);
      const stack = context.find(name);
      call.authorize('cloudformation:DeleteStack', stack?.stackId ?? stackArn(context, name));
      if (!stack || stack.deletedAt !== undefined) return {};
      await runner.delete(stack, {
        retain: listOf(input.RetainResources),
        clientRequestToken: input.ClientRequestToken,
      });
      return {};
    },

    async ContinueUpdateRollback(
      call: Call,
      input: StackInput & { readonly ResourcesToSkip?: readonly string[] | '' },
    ) {
      const stack = authorizedStack(api, call, 'ContinueUpdateRollback', input.StackName);
      if (input.ResourcesToSkip) throw new AwsError('ValidationError', 'ResourcesToSkip is not supported here');
      await runner.continueRollback(stack);
      return {};
    },

    async UpdateTerminationProtection(
      call: Call,
      input: StackInput & { readonly EnableTerminationProtection?: string },
    ) {
      const stack = authorizedStack(api, call, 'UpdateTerminationProtection', input.StackName);
      await context.setStack(stack.stackId, { terminationProtection: input.EnableTerminationProtection === 'true' });
      return { StackId: stack.stackId };
    },
  };
}

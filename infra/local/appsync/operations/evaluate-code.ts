import type { Call, Operation } from '../../service.ts';

/** EvaluateCode's input and output, as the runtime takes and gives them. */
export type CodeEvaluator = (input: object) => unknown;

/** Runs a handler that is not deployed on a context that the caller makes up. */
export function evaluateCodeOperation(evaluate: CodeEvaluator): Operation {
  return (call: Call, input: object) => {
    call.authorize('appsync:EvaluateCode', '*');
    return evaluate(input);
  };
}

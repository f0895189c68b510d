import { isFields } from './primordials.ts';
import { codeError, EarlyReturn } from './signals.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/runtime-utils-js.html */
export const runtime = {
  earlyReturn(result?: unknown, options?: unknown): never {
    const skipTo = isFields(options) ? options.skipTo : undefined;
    if (skipTo !== undefined && skipTo !== 'END' && skipTo !== 'NEXT')
      throw codeError('runtime.earlyReturn: skipTo must be END or NEXT');
    throw new EarlyReturn(result, skipTo);
  },
};

import { includes, normalizeText, toText } from '../primordials.ts';
import { codeError } from '../signals.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/str-helpers-in-util-str-js.html */
export const str = {
  normalize(value: unknown, form: unknown): string {
    const name = toText(form);
    if (!includes(['nfc', 'nfd', 'nfkc', 'nfkd'], name))
      throw codeError(`util.str.normalize: got the form ${name}, expected nfc, nfd, nfkc or nfkd`);
    return normalizeText(toText(value), name.toUpperCase());
  },
};

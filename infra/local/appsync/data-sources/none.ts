import type { DataSource } from './data-source.ts';
import { requireObject } from './request-object.ts';

/** NONE: the request's payload is the result. */
export const noneDataSource: DataSource = {
  invoke(request) {
    const { payload = null } = request === null ? {} : requireObject(request, '', ['version', 'payload']);
    return Promise.resolve({ result: payload });
  },
};

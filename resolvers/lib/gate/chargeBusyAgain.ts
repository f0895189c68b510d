/** The gate's fourth step: of several requests that the change of limits met, one was admitted as idle and the others are its burst. */
export { request, response } from './chargeBusy.ts';

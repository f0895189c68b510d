import type { AnyNode } from 'acorn';

/** Takes down what is wrong at a place of the bundle. */
export type Report = (node: AnyNode, problem: string) => void;

/** The control plane; the pipeline, with the release that tenant stacks are made from; the web apps. Each is a stack, and they are deployed in this order. */
export const parts = ['control-plane', 'provisioning', 'apps'] as const;
export type Part = (typeof parts)[number];

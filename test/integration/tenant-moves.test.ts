import { moveFlows } from './lives/moves.ts';
import { cotenantScene } from './scene.ts';

/** Tenants between the pool and stacks of their own, from one end to the other. */
cotenantScene(moveFlows);

import { roleAttacks } from './roles.ts';
import { attackScene } from './scene.ts';
import { signInAttacks } from './sign-in.ts';
import { standingAttacks } from './standing.ts';
import { tokenAttacks } from './tokens.ts';

attackScene((scene) => {
  tokenAttacks(scene);
  roleAttacks(scene);
  standingAttacks(scene);
  signInAttacks(scene);
});

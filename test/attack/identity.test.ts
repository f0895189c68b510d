import { attackScene } from './scene.ts';
import { tokenAttacks } from './tokens.ts';

attackScene((scene) => {
  tokenAttacks(scene);
});

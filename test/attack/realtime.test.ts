import { floodAttacks } from './flood.ts';
import { realtimeAttacks } from './realtime.ts';
import { attackScene } from './scene.ts';

attackScene((scene) => {
  realtimeAttacks(scene);
  floodAttacks(scene);
});
